// What each page of a site does for its readers: it keeps the language that they chose, and itself for when there is no network.
"use strict";
(() => {
  const root = new URL(document.currentScript.dataset.site, location.href);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("nav a[hreflang]");
    try {
      if (link) localStorage.setItem("conceptdeck.language", link.hreflang);
    } catch {} // pages opened as files, or in a frame, may not remember
  });
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  addEventListener("load", async () => {
    const others = [...document.querySelectorAll("nav a[hreflang]")].map((each) => each.href);
    const keep = [location.href, ...others, ...[...document.images].map((each) => each.src)];
    try {
      const registered = await navigator.serviceWorker.register(new URL("offline.js", root));
      if (registered.active) registered.update().catch(() => {}); // the site may have been published anew
      (await navigator.serviceWorker.ready).active.postMessage({ keep });
    } catch {} // the page works without
  });
})();
