// The first page leads on to the reader's language, once a visit: who comes back to it wants another one.
"use strict";
(() => {
  const been = "conceptdeck.language";
  const recall = (value) => {
    try {
      if (value) sessionStorage.setItem(been, value);
      return sessionStorage.getItem(been);
    } catch {
      return "unknown"; // pages opened as files, or in a frame, may not remember
    }
  };
  if (!document.documentElement.hasAttribute("data-gate") || recall()) return;
  const links = [...document.querySelectorAll("nav a[hreflang]")];
  const known = new Map(links.map((each) => [each.hreflang.toLowerCase(), each]));
  for (const wanted of navigator.languages) {
    const tag = new Intl.Locale(wanted);
    const full = tag.maximize();
    const names = [wanted, `${tag.language}-${full.script}`, tag.language].map((each) => each.toLowerCase());
    const found = names.map((each) => known.get(each)).find(Boolean);
    if (found) {
      recall(found.hreflang);
      location.replace(found.href);
      return;
    }
  }
})();
