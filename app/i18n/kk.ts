import { catalogue } from "./catalogue";
import { app } from "./kk/app";
import { audit } from "./kk/audit";
import { balance } from "./kk/balance";
import { batch } from "./kk/batch";
import { cycles } from "./kk/cycles";
import { doctor } from "./kk/doctor";
import { fields } from "./kk/fields";
import { gate } from "./kk/gate";
import { issuePage } from "./kk/issuePage";
import { issues } from "./kk/issues";
import { issueTalk } from "./kk/issueTalk";
import { ledger } from "./kk/ledger";
import { oidc } from "./kk/oidc";
import { payouts } from "./kk/payouts";
import { people } from "./kk/people";
import { refusals } from "./kk/refusals";
import { restored } from "./kk/restored";
import { review } from "./kk/review";
import { settings } from "./kk/settings";
import { signIn } from "./kk/signIn";
import { suggestions } from "./kk/suggestions";
import { triage } from "./kk/triage";
import { words } from "./kk/words";

/**
 * Kazakh, in Cyrillic letters. One word for one thing:
 *
 *   issue, report        баг                     payout, payment      төлем
 *   to file              тіркеу                  pay queue            төлем кезегі
 *   draft                жоба                    batch                (төлемдер) топтамасы
 *   test cycle           тест-цикл, цикл         transfer             аударым
 *   tester, admin        тестілеуші, әкімші      reference            аударым нөмірі, №
 *   severity             ауырлығы                payee (details)      алушы (деректемелері)
 *   status               мәртебесі               reversal             сторно
 *   inbox, triage        кіріс жәшігі, сұрыптау  bounced              өтпей қайтты
 *   to approve           мақұлдау                to void              күшін жою
 *   to reject            қабылдамау              to cancel a batch    топтамадан бас тарту
 *   to undo, take back   болдырмау, кері алу     statement            үзінді көшірме
 *   suggested amount     ұсынылған сома          ledger               төлемдер журналы
 *   rate, default        тариф, әдепкі           warning              ескерту
 *   reason, note         себеп, түсініктеме      comment              пікір
 *   to deactivate        бұғаттау                to decide            шешім қабылдау (шешу is to solve)
 *
 * Readers are «сіз»; buttons are verbal nouns (-у). What fills a gap takes no ending, since the
 * ending would have to follow its sound: a word after it carries the case («{date} күні», «#{id}
 * багты», «{provider} арқылы»), or it stands behind a colon.
 */
export const kk = catalogue("kk", {
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
});
