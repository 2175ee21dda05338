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

function redraw(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
