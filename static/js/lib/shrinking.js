/** A photo made small enough for a slow connection; the server makes it smaller still. */
const LONGEST = 2560; // pixels
const WORTH = 400 * 1024; // bytes; smaller files go as they are
const QUALITY = 0.85;

/** What the browser says of the connection; browsers that say nothing are measured while sending. */
export function isSlow({ connection } = navigator) {
  return Boolean(
    connection?.saveData || ["slow-2g", "2g", "3g"].includes(connection?.effectiveType),
  );
}

/** A JPEG of at most 2560 pixels a side, upright, without metadata; `file` itself where that fails. */
export async function shrink(file) {
  if (file.size < WORTH) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const blob = await redraw(picture);
  return blob && blob.size < file.size ? blob : file;
}

/** {width, height} of a picture with its longer side at most 2560 pixels; never larger than it is. */
export function shrunkSize({ width, height }) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function redraw(picture) {
  const canvas = Object.assign(document.createElement("canvas"), shrunkSize(picture));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
