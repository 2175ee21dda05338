/**
 * Personal data that a resident may have written by accident. The server finds the same
 * (reports/intake/personal_data.py); both keep to tests/reports/intake/personal_data_cases.json.
 *
 * No look-behind anywhere: browsers of a few years ago would refuse the whole script.
 */

import PREFIXES from "./phone-prefixes.json" with { type: "json" };

const LETTER = "A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż";
const SPACE = "[ \\u00a0]";
const JOINT = "[ \\u00a0–-]";
// Nothing that would make it a part of a longer number or word follows.
const END = `(?![0-9${LETTER}_]|[.:–-][0-9])`;

const ACCOUNT = `(?:[Pp][Ll]${SPACE}?)?[0-9](?:${JOINT}?[0-9]){25}${END}`;
const PESEL = `[0-9]{6}${JOINT}?[0-9]{5}${END}`;
const EMAIL =
  "[A-Za-z0-9._%+-]{1,64} ?(?:@|[(\\[](?:at|AT|małpa)[)\\]]) ?" +
  "(?:[A-Za-z0-9-]{1,63}\\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9-])";

const COUNTRY = `(?:(?:\\+|00)48${JOINT}?|\\(\\+?48\\)${SPACE}?|48${JOINT})?`;
const AREA = "\\(?(?:0-?)?[1-9][0-9]\\)?";
const NATIONAL = [
  "[1-9][0-9]{8}",
  `[1-9][0-9]{2}${JOINT}[0-9]{3}${JOINT}[0-9]{3}`,
  `[1-9][0-9]{2}${JOINT}[0-9]{2}${JOINT}[0-9]{2}${JOINT}[0-9]{2}`,
  `[1-9][0-9]{2}${JOINT}[0-9]{6}`,
  "[1-9][0-9]{2}\\.[0-9]{3}\\.[0-9]{3}",
  "[1-9][0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}",
  "[1-9][0-9]\\.[0-9]{3}\\.[0-9]{2}\\.[0-9]{2}",
  `${AREA}[ \\u00a0/-]{0,2}[0-9]{3}${JOINT}[0-9]{2}${JOINT}[0-9]{2}`,
  `${AREA}[ \\u00a0/-]{1,2}[0-9]{3}${JOINT}?[0-9]{4}`,
  // Only for mobiles: as an area code it would be a date.
  `[4-8][0-9]${JOINT}[0-9]{2}${JOINT}[0-9]{2}${JOINT}[0-9]{3}`,
].join("|");
const PHONE = `${COUNTRY}(?:${NATIONAL})${END}`;
// A price, a length or an area, not a number to call.
const UNITS = "zł|złotych|złote|PLN|EUR|euro|€|tys|mln|m²|m2|m3|m|km|kg";
const AMOUNT = new RegExp(`^(?:${SPACE}[0-9]{3})*(?:,[0-9]+)?${SPACE}?(?:${UNITS})${END}`);
// Numbers of companies and of matters, which may have nine digits too.
const OFFICIAL = new RegExp(
  "(?:(?:regon|nip|krs|bdo|ean)(?: (?:nr|numer))?" +
    `|(?:zgłoszeni|spraw|działk)[a-z]{1,3} (?:nr|numer))[.:]?${SPACE}?$`,
  "i",
);

// Two letters of a city or county with that many; the voivodeship's letter and two more otherwise.
const CITIES =
  "BI|BL|BS|C[BGTW]|D[BJLWX]|E[DLPS]|F[GZ]|G[ADS]|K[KNRT]|L[BCUZ]|N[EO]|OP|P[KLNOY]|R[KPTZ]" +
  "|S[BCDGHIJKLMORTWYZ]|TK|W[ABDEFHIJKNOPRSTUXYZ]|Z[KS]";
const COUNTIES =
  "(?!LED|ZZM|ZLM|WGK|ZGO|MPK|PKP|PKS|KRS|NIP|RAL|ROD|PCV|TIR|SUV)[B-GKLNOPR-TWZ][A-Z]{2}";
// The part after the space never has these letters: B, D, I, O, Q, Z look like digits.
const SIGN = "[ACE-HJ-NPR-Y]";
const AFTER_TWO =
  `[0-9]{5}|[0-9]{4}${SIGN}|[0-9]{3}${SIGN}{2}|[0-9]${SIGN}[0-9]{3}|[0-9]${SIGN}{2}[0-9]{2}` +
  `|${SIGN}{2}[0-9]{3}|[0-9]{2}${SIGN}[0-9]{2}|[0-9]{3}${SIGN}[0-9]`;
const AFTER_THREE =
  `[0-9]{5}|[0-9]{4}${SIGN}|[0-9]{3}${SIGN}{2}|${SIGN}[0-9]{3}|[0-9]{2}${SIGN}{2}` +
  `|[0-9]${SIGN}[0-9]{2}|[0-9]{2}${SIGN}[0-9]|[0-9]${SIGN}{2}[0-9]|${SIGN}{2}[0-9]{2}` +
  `|${SIGN}[0-9]{2}${SIGN}|${SIGN}[0-9]${SIGN}{2}`;
const PLATE =
  `(?:(?:${CITIES})${JOINT}?(?:${AFTER_TWO})|${COUNTIES}${JOINT}?(?:${AFTER_THREE}))` +
  `(?![0-9${LETTER}_]|[–-][0-9${LETTER}])`;

// Where a number, an address or a plate cannot begin, by the one or two characters before it.
const BEFORE_NUMBER = new RegExp(`[0-9${LETTER}_@+]$|[0-9][.:–-]$|[${LETTER}/]/$|[${LETTER}0-9]-$`);
const BEFORE_EMAIL = new RegExp(`[0-9${LETTER}._%+-]$`);
const BEFORE_PLATE = new RegExp(`[0-9${LETTER}_/.–-]$`);

// In this order: an account may contain what looks like a phone, not the other way round.
const SEARCHES = [
  { kind: "bank_account", pattern: ACCOUNT, isOne: isAccount },
  { kind: "pesel", pattern: PESEL, isOne: isPesel },
  { kind: "email", pattern: EMAIL, isOne: (text, start) => !follows(BEFORE_EMAIL, text, start) },
  { kind: "phone", pattern: PHONE, isOne: isPhone },
  {
    kind: "car_plate",
    pattern: PLATE,
    isOne: (text, start) => !follows(BEFORE_PLATE, text, start),
  },
].map((search) => ({ ...search, pattern: new RegExp(`(?=(${search.pattern}))`, "g") }));

/** [{kind, start, end}] in the order of `text` (a string's own positions), without overlaps. */
export function findPersonalData(text) {
  const found = [];
  for (const { kind, pattern, isOne } of SEARCHES) {
    for (const { index: start, 1: part } of text.matchAll(pattern)) {
      const end = start + part.length;
      const isFree = found.every((other) => end <= other.start || other.end <= start);
      if (isFree && isOne(text, start, end)) found.push({ kind, start, end });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** [{kind, part}] in the order of `text`; what stands there several times is there once. */
export function namePersonalData(text) {
  const items = new Map();
  for (const { kind, start, end } of findPersonalData(text)) {
    const part = text.slice(start, end);
    items.set(`${kind} ${part}`, { kind, part });
  }
  return [...items.values()];
}

/** Where `part` stands as `kind`: [{kind, start, end}], the last first, so that each can be cut out. */
export function findPart(text, { kind, part }) {
  return findPersonalData(text)
    .filter((one) => one.kind === kind && text.slice(one.start, one.end) === part)
    .reverse();
}

function follows(before, text, start) {
  return before.test(text.slice(Math.max(0, start - 2), start));
}

function digits(text) {
  return text.replace(/[^0-9]/g, "");
}

// ISO 13616: country and check digits moved to the end, remainder 1 by 97.
function isAccount(text, start, end) {
  const number = digits(text.slice(start, end));
  const rest = BigInt(`${number.slice(2)}2521${number.slice(0, 2)}`) % 97n;
  return !follows(BEFORE_NUMBER, text, start) && rest === 1n;
}

function isPesel(text, start, end) {
  const number = digits(text.slice(start, end));
  const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1];
  const total = weights.reduce((sum, weight, place) => sum + weight * Number(number[place]), 0);
  return !follows(BEFORE_NUMBER, text, start) && total % 10 === 0 && wasBorn(number);
}

// Whether a PESEL's date exists and is not to come. Months from 21 on are of the 2000s.
function wasBorn(pesel) {
  const [year, month, day] = [0, 2, 4].map((place) => Number(pesel.slice(place, place + 2)));
  const [century, number] = month > 20 ? [2000, month - 20] : [1900, month];
  const born = new Date(century + year, number - 1, day);
  return born.getMonth() === number - 1 && born.getDate() === day && born <= new Date();
}

function isPhone(text, start, end) {
  if (follows(BEFORE_NUMBER, text, start) || AMOUNT.test(text.slice(end, end + 30))) return false;
  if (OFFICIAL.test(text.slice(Math.max(0, start - 30), start))) return false;
  const number = digits(text.slice(start, end)).slice(-9);
  const code = number.slice(0, 2);
  // Behind an area code no number begins with 0 or 1.
  return (
    PREFIXES.mobile.includes(code) || (PREFIXES.area.includes(code) && !"01".includes(number[2]))
  );
}
