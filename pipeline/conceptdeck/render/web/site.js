// A first page leads on to the reader's language: to the one that was chosen, or to the first that the browser names.
// That of all decks does so once a visit, since who comes back to it wants another one; that of a deck is nothing else.
"use strict";
(() => {
  const gate = document.documentElement.dataset.gate;
  const stored = (store, value) => {
    try {
      if (value) window[store].setItem("conceptdeck.language", value);
      return window[store].getItem("conceptdeck.language");
    } catch {
      return null; // pages opened as files, or in a frame, may not remember
    }
  };
  const remembers = () => {
    try { return Boolean(sessionStorage); } catch { return false; }
  };
  if (gate === undefined || (gate !== "always" && (!remembers() || stored("sessionStorage")))) return;
  const links = [...document.querySelectorAll("[data-leads] a[hreflang]")];
  const full = (tag) => new Intl.Locale(tag).maximize();
  const same = (one, other) => one.language === other.language && one.script === other.script;
  const called = (tag) => links.find((each) => each.hreflang.toLowerCase() === tag.toLowerCase());
  const meant = (wanted) => {
    const { language, script } = full(wanted);
    return called(wanted) ?? called(`${language}-${script}`) ?? called(language)
      ?? links.find((each) => same(full(each.hreflang), { language, script }));
  };
  const chosen = stored("localStorage");
  const wanted = [...(chosen ? [chosen] : []), ...navigator.languages];
  const found = wanted.map((each) => {
    try { return meant(each); } catch { return undefined; } // not a language tag
  }).find(Boolean) ?? (gate === "always" ? links[0] : undefined);
  if (!found) return;
  stored("sessionStorage", found.hreflang);
  location.replace(found.href + location.hash);
})();
