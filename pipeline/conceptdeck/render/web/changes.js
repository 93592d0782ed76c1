/* `j` and `k` lead to the next slide with changes and back. */
addEventListener("keydown", event => {
  if (event.altKey || event.ctrlKey || event.metaKey || !["j", "k"].includes(event.key)) return;
  const slides = [...document.querySelectorAll("section")].filter(slide => slide.offsetParent !== null);
  const at = slides.findLastIndex(slide => slide.getBoundingClientRect().top < 24);
  slides[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), slides.length - 1)]?.scrollIntoView();
});
