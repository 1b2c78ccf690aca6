import { bankAccount, barcode, creditCode, idDocument } from "./codes.ts";
import { cascade, region, several, tags } from "./choices.ts";
import { colour, email, phone, url } from "./contacts.ts";
import type { Kind } from "./kind.ts";
import { json } from "./jsonText.ts";
import { dynamicReference, location } from "./structured.ts";
import { dateRange, datetimeRange, duration, localDatetime, period, timeRange } from "./times.ts";

/** What is known of the rarer field types beside their controls; fetched with the first of them. */
export const RARE_KINDS: Readonly<Record<string, Kind>> = {
  bank_account: bankAccount,
  barcode,
  cascade,
  colour,
  credit_code: creditCode,
  date_range: dateRange,
  datetime_range: datetimeRange,
  departments: several,
  duration,
  dynamic_reference: dynamicReference,
  email,
  id_document: idDocument,
  json,
  local_datetime: localDatetime,
  location,
  period,
  phone,
  references: several,
  region,
  tags,
  time_range: timeRange,
  url,
  users: several,
};
