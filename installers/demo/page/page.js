// Draws what the demo says of itself and presses its buttons. No rules, no formatting.
const $ = (id) => document.getElementById(id);
const words = document.body.dataset;
const press = (path) => fetch(path, { method: "POST", headers: { "x-foyer-button": "1" } });

let picture = null;

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function drawDoors(doors) {
  for (const door of doors) {
    let figure = document.querySelector(`[data-lock="${CSS.escape(door.lock)}"]`);
    if (!figure) {
      figure = $("door").content.firstElementChild.cloneNode(true);
      figure.dataset.lock = door.lock;
      figure.querySelector("button").onclick = () => {
        const act = figure.dataset.picture === "jammed" ? "mend" : "jam";
        press(`/acts/${act}?lock=${encodeURIComponent(door.lock)}`);
      };
      $("doors").append(figure);
    }
    figure.dataset.picture = door.picture;
    figure.querySelector("strong").textContent = door.name;
    figure.querySelector("span").textContent = door.words;
    figure.querySelector("button").textContent = door.picture === "jammed" ? words.mend : words.jam;
  }
}

function drawTrials() {
  for (const tile of document.querySelectorAll("[data-act]")) {
    const whole = picture[tile.dataset.act];
    tile.classList.toggle("off", !whole);
    tile.querySelector(".label").textContent = whole ? tile.dataset.on : tile.dataset.off;
  }
}

function drawHappened(lines) {
  const rows = lines.map((line) => {
    const row = element("li");
    row.append(element("time", line.at), element("span", line.words));
    return row;
  });
  $("happened").replaceChildren(...(rows.length ? rows : [element("li", words.nobody)]));
}

function drawMails() {
  const sought = $("find").value.toLowerCase();
  const fitting = picture.mails.filter((mail) => `${mail.to} ${mail.subject}`.toLowerCase().includes(sought));
  $("no-mail").hidden = picture.mails.length > 0;
  const drawn = JSON.stringify(fitting);
  if ($("mails").drawn === drawn) return;
  $("mails").drawn = drawn;
  $("mails").replaceChildren(...fitting.map((mail) => {
    const row = element("button");
    const about = element("span");
    about.append(element("b", mail.to), element("small", mail.subject));
    row.append(element("time", mail.at), about);
    row.onclick = () => { location.hash = mail.id; };
    const item = element("li");
    item.append(row);
    return item;
  }));
}

// The open mail stands in the address, so that the browser's own "back" closes it.
async function openOrClose() {
  const id = location.hash.slice(1);
  $("mail").hidden = !id;
  $("list").hidden = Boolean(id);
  if (!id) return;
  const mail = await (await fetch(`/mails/${id}`)).json();
  $("subject").textContent = mail.subject;
  $("to").textContent = mail.to;
  $("text").textContent = mail.text;
  $("code").hidden = !mail.code;
  $("qr").src = mail.code ? `data:image/png;base64,${mail.code}` : "";
  $("close").focus();
}

function draw() {
  $("lead").textContent = picture.lead;
  $("status").textContent = picture.status;
  $("counter").classList.toggle("later", !picture.online);
  drawDoors(picture.doors);
  drawTrials();
  drawHappened(picture.happened);
  drawMails();
}

$("close").onclick = () => { location.hash = ""; };
addEventListener("hashchange", openOrClose);
openOrClose();
$("find").oninput = drawMails;
const show = $("show");
if (show) show.onclick = async () => {
  await press(`/mails/${location.hash.slice(1)}/show`);
  show.querySelector("span").textContent = words.shown;
  setTimeout(() => { show.querySelector("span").textContent = words.show; }, 4000);
};
for (const tile of document.querySelectorAll("[data-act]")) {
  tile.onclick = () => {
    const part = tile.dataset.act;
    const act = { network: ["mend_network", "cut_network"], server: ["start_server", "stop_server"] }[part];
    press(`/acts/${act[Number(picture[part])]}`);
  };
}

const kiosk = $("kiosk");
if (kiosk) setInterval(() => { if (kiosk.complete) kiosk.src = `/kiosk.png?${Date.now()}`; }, 700);

const changes = new EventSource(`/changes?lang=${words.lang}`);
changes.onmessage = (event) => { picture = JSON.parse(event.data); draw(); };
changes.onerror = () => { $("status").textContent = words.ended; $("counter").classList.add("later"); };
