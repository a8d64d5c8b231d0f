// Passkeys: asks the house for options, the device for a signature, and the house again.
"use strict";

const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
};
const text = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};
const known = (all) => (all || []).map((each) => ({ ...each, id: bytes(each.id) }));

// The answer as WebAuthn's own JSON (RegistrationResponseJSON, AuthenticationResponseJSON).
const told = (made) => {
  const answer = { clientDataJSON: text(made.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) answer[name] = text(made.response[name]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response: answer, clientExtensionResults: {} };
};

const ceremonies = {
  "sign-in": (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: known(options.allowCredentials),
      },
    }),
  add: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: known(options.excludeCredentials),
      },
    }),
};

const ask = async (form, path, body) => {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf.value },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const go = async (form) => {
  const said = form.querySelector("[data-said]");
  said.textContent = "";
  try {
    const path = form.getAttribute("action");
    const options = await ask(form, path + "/options", {});
    const made = await ceremonies[form.dataset.passkey](options);
    const next = form.elements.next ? form.elements.next.value : "";
    const done = await ask(form, path, { credential: told(made), next });
    window.location.assign(done.next);
  } catch {
    said.textContent = said.dataset.not;
  }
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(form);
    });
  }
}
