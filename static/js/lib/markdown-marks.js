/** Marks of Markdown around what is selected in a text. Each returns the new text and selection. */

/** `**words**`; taken away again where they stand already. */
export function wrapSelection({ text, start, end }, mark) {
  const size = mark.length;
  const isWrapped =
    text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
  if (isWrapped && start >= size) {
    return {
      text: text.slice(0, start - size) + text.slice(start, end) + text.slice(end + size),
      start: start - size,
      end: end - size,
    };
  }
  return {
    text: text.slice(0, start) + mark + text.slice(start, end) + mark + text.slice(end),
    start: start + size,
    end: end + size,
  };
}

/** `- ` before every line that the selection touches; taken away where all have it. */
export function markLines({ text, start, end }, mark) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const next = text.indexOf("\n", end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split("\n");
  const haveAll = lines.every((line) => line.startsWith(mark));
  const changed = lines.map((line) => (haveAll ? line.slice(mark.length) : mark + line)).join("\n");
  return {
    text: text.slice(0, from) + changed + text.slice(to),
    start: from,
    end: from + changed.length,
  };
}

/** `[words](https://)`, with the address selected. */
export function makeLink({ text, start, end }) {
  const address = "https://";
  const words = text.slice(start, end);
  const at = start + words.length + 3;
  return {
    text: `${text.slice(0, start)}[${words}](${address})${text.slice(end)}`,
    start: at,
    end: at + address.length,
  };
}
