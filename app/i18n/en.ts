import { app } from "./en/app";
import { audit } from "./en/audit";
import { balance } from "./en/balance";
import { batch } from "./en/batch";
import { cycles } from "./en/cycles";
import { doctor } from "./en/doctor";
import { fields } from "./en/fields";
import { gate } from "./en/gate";
import { issuePage } from "./en/issuePage";
import { issues } from "./en/issues";
import { issueTalk } from "./en/issueTalk";
import { ledger } from "./en/ledger";
import { oidc } from "./en/oidc";
import { payouts } from "./en/payouts";
import { people } from "./en/people";
import { refusals } from "./en/refusals";
import { restored } from "./en/restored";
import { review } from "./en/review";
import { settings } from "./en/settings";
import { signIn } from "./en/signIn";
import { suggestions } from "./en/suggestions";
import { triage } from "./en/triage";
import { words } from "./en/words";

/**
 * English, the source catalogue. A new area is a new file in en/ and a line here; ru/ and kk/ have
 * the same files. An area of more than 250 lines is two files, spread into one.
 */
export const en = {
  app,
  audit,
  balance,
  cycles,
  batch,
  doctor,
  fields,
  gate,
  issues: { ...issues, ...issuePage },
  issueTalk,
  ledger,
  oidc,
  payouts,
  people,
  refusals,
  restored,
  review,
  settings,
  signIn,
  suggestions,
  triage,
  words,
} as const;
