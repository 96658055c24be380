// What a reader of the page would see, as one value: see MailInBrowserTest.
(() => {
  const channels = text => text.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const background = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = channels(getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    // What stays hidden above the page: the pre-header.
    if (box.width === 0 || box.height === 0) continue;
    const style = getComputedStyle(element);
    texts.push({
      text: node.textContent.trim(),
      left: box.left, right: box.right, top: box.top, bottom: box.bottom,
      size: parseFloat(style.fontSize), direction: style.direction,
      contrast: contrast(channels(style.color), background(element)),
      cut: element.scrollWidth > element.clientWidth + 1 && style.overflowX !== 'visible'
        && style.display !== 'inline',
    });
  }
  const button = [...document.querySelectorAll('a')].find(a => getComputedStyle(a).display !== 'inline');
  const tap = button.getBoundingClientRect();
  return {
    lang: document.documentElement.lang,
    dir: document.documentElement.dir,
    pageWidth: document.documentElement.scrollWidth,
    back: luminance(background(document.querySelector('[role=article]'))),
    card: luminance(background(document.querySelector('h1'))),
    buttonWidth: tap.width, buttonHeight: tap.height,
    order: texts.map(each => each.text),
    texts,
  };
})()
