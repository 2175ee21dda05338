/** Small letters without diacritics, so that "smieci" finds "śmieci". */
export function plain(text) {
  return text.toLowerCase().replaceAll("ł", "l").normalize("NFD").replace(/\p{M}/gu, "");
}
