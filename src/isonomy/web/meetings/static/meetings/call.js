// The plan of a call: draws the days anew when a matter or the day is changed. The page works without it.
"use strict";
(() => {
  const form = document.getElementById("call-form");
  const plan = document.getElementById("plan");
  const again = document.getElementById("again");
  if (!form || !plan) return;
  if (again) again.hidden = true;
  let latest = 0;
  form.addEventListener("change", async () => {
    const turn = ++latest;
    const query = new URLSearchParams(new FormData(form));
    if (!query.get("day")) return;
    try {
      const answer = await fetch(`${location.pathname}?${query}`, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || turn !== latest) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("plan");
      if (fresh) plan.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    } catch { if (again) again.hidden = false; }
  });
})();
