// Charts that zoom. A drawing stays a picture of its own (<img>): what is shown zoomed is a changed copy of its text,
// so that nothing in it can reach the page. Values are read off the drawing: what was not drawn is not said.
const numbers = text => text.split(" ").map(Number);
const written = (value, digits) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
const nearest = (points, x) => points.reduce((a, b) => (Math.abs(b[0] - x) <= Math.abs(a[0] - x) ? b : a));
const round = (rough, base) => {
  const power = base * 10 ** Math.floor(Math.log10(rough / base));
  return power * ([1, 2, 5].find(each => each * power >= rough) || 10);
};

// A drawing's panels: the points of each line as values across and places up, and whatever bears a title.
const read = (svg, across) => [...svg.querySelectorAll(".panel")].map(panel => {
  const plot = panel.querySelector(".plot"), [top, bottom, low, high, digits, cut] = numbers(plot.dataset.y), lines = {};
  for (const line of plot.querySelectorAll("polyline")) {
    const style = line.classList[1], name = style && panel.querySelector(`line.${style} + text`)?.textContent;
    const points = line.getAttribute("points").split(" ").map(point => point.split(",").map(Number));
    (lines[style] ||= { name: name ? `${name}: ` : "", pieces: [] }).pieces.push(points.map(([x, y]) => [across(x), y]));
  }
  const titled = [...plot.querySelectorAll("title")].map(({ parentElement: of, textContent }) =>
    [across(+(of.getAttribute("cx") || of.getAttribute("x")) + of.getAttribute("width") / 2), textContent]);
  const value = y => (cut && y <= top ? "≥ " : "")
    + written(low + (bottom - y) / (bottom - top) * (high - low), digits) + (plot.dataset.unit || "");
  return { heading: panel.querySelector(".heading, .strong")?.textContent || "", bottom, lines: Object.values(lines), titled, value };
});

// What a panel says at x: of a line its nearest point, nothing where it has a gap; a point speaks for as far as ``reach``.
const values = ({ lines, titled, value }, x, reach) => [
  ...lines.map(({ name, pieces }) => {
    const piece = pieces.find(each => x >= each[0][0] - reach && x <= each.at(-1)[0] + reach);
    return name + (piece ? value(nearest(piece, x)[1]) : "–");
  }),
  ...titled.length ? [nearest(titled, x)[1]] : [],
].join("; ");

// The drawing with its plots moved and cut off at their sides, and new numbers below them, as the address of a picture.
const moved = (svg, style, left, wide, scale, move, marks) => {
  const shown = svg.cloneNode(true), height = svg.viewBox.baseVal.height;
  const set = (part, name, change) => part.hasAttribute(name) && part.setAttribute(name, change(part.getAttribute(name)));
  for (const plot of shown.querySelectorAll(".plot")) {
    for (const part of plot.querySelectorAll("*")) {
      for (const name of ["x", "x1", "x2", "cx"]) set(part, name, move);
      set(part, "width", width => width * scale);
      set(part, "points", points => points.replace(/([\d.]+),/g, (_, x) => `${move(x)},`));
      set(part, "d", path => path.replace(/[\d.]+/, move));
    }
    const frame = document.createElementNS(svg.namespaceURI, "svg");
    const box = { x: left, width: wide, height, viewBox: `${left} 0 ${wide} ${height}` };
    for (const name in box) frame.setAttribute(name, box[name]);
    plot.replaceWith(frame);
    frame.append(plot);
  }
  for (const ticks of shown.querySelectorAll(".ticks")) {
    const parts = [ticks.querySelector("line"), ticks.querySelector("text")];
    ticks.replaceChildren(...marks.flatMap(([x, label]) => parts.map(each => {
      const part = each.cloneNode();
      for (const name of ["x", "x1", "x2"]) set(part, name, () => x);
      part.textContent = label;
      return part;
    })));
  }
  const text = new XMLSerializer().serializeToString(shown).replace(">", `>${style}`);
  return `data:image/svg+xml,${encodeURIComponent(text)}`;
};

for (const img of document.querySelectorAll("img.chart, img.drawing")) {
  const text = new TextDecoder().decode(Uint8Array.from(atob(img.src.split(",")[1]), each => each.charCodeAt(0)));
  // without its style, which the page's policy would complain about
  const style = text.match(/<style[^]*<.style>/)?.[0] || "", bare = text.replace(style, "").replace(/ style="[^"]*"/, "");
  const svg = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement, { id } = img.closest("[id]");
  const { x: across, kind, moments } = svg.dataset, { width: wide, height } = svg.viewBox.baseVal;
  if (!across || charts.has(id)) continue;
  const [left, right, begin, end] = numbers(across), unit = (right - left) / (end - begin), base = kind === "clock" ? 60 : 1;
  const panels = read(svg, x => begin + (x - left) / unit), title = svg.querySelector(".x-title")?.textContent || "";
  const places = kind === "n" && panels.flatMap(({ lines, titled }) => [...lines.flatMap(line => line.pieces.flat()), ...titled]);
  const snap = value => (places ? nearest(places, value)[0] : value);
  const say = value => (base > 1 ? new Date(value * 6e4).toISOString().slice(11, 16)
    : moments?.split(" ")[Math.round(value) - 1] || written(value, 1) + (svg.dataset.unit || ""));
  let from = begin, to = end, mark = null, row = 0, drag = null;
  const copied = make("img", { className: `${img.className} zoomed`, alt: "" });
  const line = make("i"), span = make("i"), said = make("div", { className: "said" });
  const glass = make("div", { className: "glass", role: "slider", tabIndex: 0, ariaLabel: words.chart, ariaValueMin: begin, ariaValueMax: end, ariaValueNow: begin }, line, span);
  const stage = make("div", { className: "stage" });
  const place = value => 100 * (left + (right - left) * (value - from) / (to - from)) / wide;
  const lay = (part, a, b) => {
    part.hidden = a === null;
    Object.assign(part.style, { left: `${place(Math.min(a, b))}%`, width: `${Math.abs(place(a) - place(b))}%` });
  };
  const within = (low, value, high) => Math.max(low, Math.min(high, value));
  const address = () => `#${id}${to - from < end - begin ? `@${+from.toFixed(2)}~${+to.toFixed(2)}` : ""}`
    + (mark === null ? "" : `@${+mark.toFixed(2)}`);

  const look = value => {
    if (value < from || value > to) value = null;
    lay(line, value, value);
    said.replaceChildren();
    if (value === null) return;
    said.append(make("b", {}, `${title} ${say(value)}`));
    for (const panel of panels.length > innerWidth / 130 ? [panels[row]] : panels)
      said.append(make("span", {}, make("b", {}, panel.heading), ` ${values(panel, value, places ? 0.2 / unit : 1.5)}`));
    glass.ariaValueText = [...said.children].map(each => each.textContent).join(". ");
  };
  const show = (a, b, at = mark) => {
    const width = within(Math.min(2, end - begin), b - a, end - begin), scale = (end - begin) / width;
    from = within(begin, a, end - width);
    to = from + width;
    mark = at === null ? at : within(begin, at, end);
    const step = round(width / 8, base), marks = [];
    const move = x => (left + (x - left - (from - begin) * unit) * scale).toFixed(1);
    for (let each = Math.ceil(from / step); each * step <= to; each++)
      marks.push([move(left + (each * step - begin) * unit), say(each * step)]);
    stage.classList.toggle("in", scale > 1);
    if (scale > 1) copied.src = moved(svg, style, left, right - left, scale, move, marks);
    glass.ariaValueNow = mark ?? from;
    look(mark);
  };
  const act = (...span) => {
    show(...span);
    history.replaceState(null, "", address());
  };
  const zoom = (factor, middle = mark ?? (from + to) / 2) => act(middle - (middle - from) * factor, middle + (to - middle) * factor);
  const pan = part => act(from + part * (to - from), to + part * (to - from));
  const go = by => {
    const size = round((to - from) / 40, base), now = mark ?? (from + to) / 2;
    const beyond = places && places.map(([x]) => (x - now) * by).filter(far => far > 1e-6);
    const at = within(begin, beyond ? now + by * Math.min(...beyond, 1e9) : (Math.round(now / size) + by) * size, end);
    const over = Math.min(0, at - from) + Math.max(0, at - to);
    act(from + over, to + over, at);
  };
  const keys = {
    "+": () => zoom(0.5), "-": () => zoom(2), 0: () => act(begin, end),
    ArrowLeft: () => go(-1), ArrowRight: () => go(1),
    ArrowUp: () => look(mark, row && row--), ArrowDown: () => look(mark, panels[row + 1] && row++),
  };
  const under = event => {
    const box = glass.getBoundingClientRect(), y = (event.clientY - box.top) / box.height * height;
    row = panels.findLastIndex((_, at) => !at || y > panels[at - 1].bottom);
    const part = ((event.clientX - box.left) / box.width * wide - left) / (right - left);
    return from + within(0, part, 1) * (to - from);
  };
  const pulled = event => drag && Math.abs(event.clientX - drag.x) > 6;
  const leave = () => {
    drag = null;
    lay(span, null);
    look(mark);
  };
  Object.assign(glass, {
    onkeydown: event => {
      if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    },
    onpointerdown: event => {
      drag = { at: under(event), x: event.clientX };
      glass.setPointerCapture(event.pointerId);
    },
    onpointermove: event => {
      const value = under(event);
      look(snap(value));
      lay(span, pulled(event) ? value : null, drag?.at);
    },
    onpointerup: event => {
      const value = under(event);
      if (pulled(event)) act(Math.min(drag.at, value), Math.max(drag.at, value));
      else act(from, to, snap(value));
      leave();
    },
    onpointercancel: leave,
    onpointerleave: leave,
  });
  const button = (sign, title, onclick) => make("button", { type: "button", title, ariaLabel: title, onclick }, sign);
  img.replaceWith(stage);
  stage.append(img, copied, glass);
  (stage.closest(".wide") || stage).after(said, make("p", { className: "zoom-bar" },
    button("+", words.in, keys["+"]), button("−", words.out, keys["-"]), button("←", words.left, () => pan(-0.5)),
    button("→", words.right, () => pan(0.5)), button(words.whole, words.whole, keys[0]),
    button(words.copy, words.copy, () => copy(address())), words.hint));
  leave();
  charts.set(id, (span, at) => show(...span || [begin, end], isFinite(at) ? at : null));
}
follow();
