// Copying a snippet, and choosing for all pictures at once. Without this script everything can still be seen, chosen for
// each picture, selected and copied by hand.
"use strict";
(() => {
  const all = (selector) => document.querySelectorAll(selector);
  const status = document.querySelector("[role=status]");
  let shown = 0;

  async function toClipboard(field) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(field.value);
        return true;
      } catch {} // pages opened as files, or in a frame, may not be allowed to
    }
    const focused = document.activeElement, code = field.closest("details"), open = code.open;
    code.open = true;
    field.focus();
    field.select();
    const copied = document.execCommand("copy");
    if (copied) {
      code.open = open;
      focused.focus();
    }
    return copied;
  }

  function tell(button, copied) {
    clearTimeout(shown);
    all("[data-done]").forEach((each) => each.removeAttribute("data-done"));
    if (copied) button.dataset.done = status.dataset.copied;
    status.textContent = "";
    // A screen reader speaks only what changes: the text must go before it comes again.
    setTimeout(() => { status.textContent = copied ? status.dataset.copied : status.dataset.selected; }, 50);
    shown = setTimeout(() => { button.removeAttribute("data-done"); status.textContent = ""; }, 4000);
  }

  for (const button of all("button[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", async () => tell(button, await toClipboard(field)));
  }

  // Each picture begins in the reader's own scheme and width. The style sheet shows that; here its tab says so.
  const following = (query, yes, no) => {
    const asked = matchMedia(query);
    const follow = () => all(`section [value="${asked.matches ? yes : no}"]`).forEach((each) => { each.checked = true; });
    follow();
    asked.addEventListener("change", follow);
  };
  following("(prefers-color-scheme: dark)", "dark", "light");
  following("(max-width: 44rem)", "narrow", "full");

  // One language for the index and for every picture that has it; what has it not stays in its own.
  function speak(language) {
    all(`section [name^="language."][value="${language}"]`).forEach((each) => { each.checked = true; });
    for (const entry of all("#index li")) {
      const links = [...entry.querySelectorAll("a[data-language]")];
      if (links.some((each) => each.dataset.language === language)) {
        links.forEach((each) => { each.hidden = each.dataset.language !== language; });
      }
    }
  }

  const languages = document.getElementById("languages");
  if (languages) {
    languages.hidden = false;
    languages.addEventListener("change", (event) => speak(event.target.value));
  }

  // What is moved within its frame can be moved by keys, too; what is not is no stop of the tab key.
  const wide = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  all(".ground").forEach((each) => wide.observe(each));
})();
