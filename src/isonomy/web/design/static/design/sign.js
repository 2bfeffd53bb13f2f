// Signs the act of a form with a passkey: asks for the exact act, lets the device sign it, sends the form on.
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const sign = async (form, button, says) => {
    const data = new FormData(form);
    data.delete("prepared");
    data.delete("assertion");
    const answer = await fetch(form.action || location.href, { method: "POST", body: data, headers: { "X-Prepare": "1" } });
    const asked = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      if (asked.fault) says.textContent = asked.fault;
      else form.submit();
      return;
    }
    const { prepared, ...options } = asked;
    options.challenge = bytes(options.challenge);
    options.allowCredentials.forEach((item) => { item.id = bytes(item.id); });
    const credential = await navigator.credentials.get({ publicKey: options });
    for (const [name, value] of [["prepared", prepared], ["assertion", JSON.stringify(credential.toJSON())]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  };
  for (const button of document.querySelectorAll("button[data-sign]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const says = button.form.querySelector("[data-sign-says]");
      button.disabled = true;
      try {
        await sign(button.form, button, says);
      } catch (fault) {
        says.textContent = `It was not signed (${fault.name}). You can try again, or send it without a signature.`;
      }
      button.disabled = false;
    });
  }
})();
