// Makes a passkey when the form is sent, and sends the form on with it.
"use strict";
(() => {
  const form = document.getElementById("add-passkey");
  const holder = document.getElementById("creation-options");
  if (!form || !holder || !window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const options = JSON.parse(holder.textContent);
  const made = options.publicKey || options;
  made.challenge = bytes(made.challenge);
  made.user.id = bytes(made.user.id);
  (made.excludeCredentials || []).forEach((item) => { item.id = bytes(item.id); });
  form.addEventListener("submit", async (event) => {
    const field = document.getElementById("credential");
    if (field.value) return;
    event.preventDefault();
    const says = document.getElementById("passkey-says");
    try {
      const credential = await navigator.credentials.create({ publicKey: made });
      field.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch (fault) {
      says.textContent = `No passkey was made (${fault.name}). You can try again.`;
    }
  });
})();
