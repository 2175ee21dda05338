/** Where and when a photo was taken, read on the device only. Loaded when a photo is chosen. */
import { parse } from "exifr/dist/lite.esm.mjs";

const WANTED = { exif: ["DateTimeOriginal"], gps: true, ifd0: { pick: [] } };

/** {lat, lng, accuracy, time}: each null where the photo does not say. */
export async function originOf(file) {
  const data = (await parse(file, WANTED).catch(() => null)) ?? {};
  const known = Number.isFinite(data.latitude) && Number.isFinite(data.longitude);
  return {
    lat: known ? data.latitude : null,
    lng: known ? data.longitude : null,
    accuracy: data.GPSHPositioningError ?? null,
    time: data.DateTimeOriginal instanceof Date ? data.DateTimeOriginal : null,
  };
}
