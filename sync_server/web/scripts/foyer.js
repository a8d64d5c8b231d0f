// What pages do better with a script; each of them is whole without it.
"use strict";

// A menu closes when something else is meant.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const waiting = form.querySelector("[data-while-sent]");
  if (waiting) waiting.textContent = waiting.dataset.whileSent;
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const waiting of document.querySelectorAll("[data-while-sent]")) waiting.textContent = "";
});

// A tap on a free stretch picks the time that was tapped, not only its beginning.
document.addEventListener("click", (event) => {
  const free = event.target.closest && event.target.closest("a.free[data-from]");
  if (!free || event.ctrlKey || event.metaKey || event.shiftKey || typeof htmx === "undefined") return;
  event.preventDefault();
  const box = free.getBoundingClientRect();
  const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  const [from, until] = [Number(free.dataset.from), Number(free.dataset.until)];
  const step = Number(free.dataset.step) * 60;
  const start = from + Math.floor((part * (until - from)) / step) * step;
  const url = new URL(free.href.baseVal ?? free.href, location.href);
  url.searchParams.set("start", new Date(start * 1000).toISOString().slice(0, 16) + "Z");
  url.hash = "";
  htmx.ajax("GET", url.pathname + url.search, {
    target: "#free", select: "#free", swap: "outerMorph show:none", push: url.pathname + url.search,
  });
});
