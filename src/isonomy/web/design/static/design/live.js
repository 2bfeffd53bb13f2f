// Live pages: asks every few seconds whether this page changed, and puts the changed parts in.
// The page works without it. Parts are elements with `data-live` and an id; what somebody is typing in is never touched.
"use strict";
(() => {
  const poller = document.getElementById("poller");
  if (!poller || !window.htmx) return;
  htmx.config.allowEval = false;
  htmx.config.includeIndicatorStyles = false;
  htmx.config.historyCacheSize = 0;
  htmx.config.responseHandling = [
    { code: "304", swap: false },
    { code: "[23]..", swap: true },
    { code: "...", swap: false, error: true },
  ];
  let tag = poller.dataset.tag || "";
  const stale = document.getElementById("stale");
  const isBusy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  const put = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    for (const part of document.querySelectorAll("[data-live][id]")) {
      const now = fresh.getElementById(part.id);
      if (!now || now.innerHTML === part.innerHTML || isBusy(part)) continue;
      const open = [...part.querySelectorAll("details[open][id]")].map((found) => found.id);
      part.replaceChildren(...[...now.childNodes].map((node) => document.importNode(node, true)));
      open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
      htmx.process(part);
      part.classList.remove("arrived");
      void part.offsetWidth;
      part.classList.add("arrived");
    }
  };
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === poller && tag) event.detail.headers["If-None-Match"] = tag;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.elt !== poller) return;
    event.detail.shouldSwap = false;
    if (event.detail.xhr.status !== 200) return;
    tag = event.detail.xhr.getResponseHeader("ETag") || "";
    put(event.detail.xhr.responseText);
  });
  const show = (isStale) => { if (stale) stale.hidden = !isStale; };
  document.body.addEventListener("htmx:sendError", () => show(true));
  document.body.addEventListener("htmx:responseError", (event) => show(event.detail.elt === poller));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === poller && event.detail.xhr.status && event.detail.xhr.status < 400) show(false);
  });
})();
