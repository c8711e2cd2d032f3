import { catalogue } from "./catalogue";
import { app } from "./ru/app";
import { audit } from "./ru/audit";
import { balance } from "./ru/balance";
import { batch } from "./ru/batch";
import { cycles } from "./ru/cycles";
import { doctor } from "./ru/doctor";
import { fields } from "./ru/fields";
import { gate } from "./ru/gate";
import { issuePage } from "./ru/issuePage";
import { issues } from "./ru/issues";
import { issueTalk } from "./ru/issueTalk";
import { ledger } from "./ru/ledger";
import { oidc } from "./ru/oidc";
import { payouts } from "./ru/payouts";
import { people } from "./ru/people";
import { refusals } from "./ru/refusals";
import { restored } from "./ru/restored";
import { review } from "./ru/review";
import { settings } from "./ru/settings";
import { signIn } from "./ru/signIn";
import { suggestions } from "./ru/suggestions";
import { triage } from "./ru/triage";
import { words } from "./ru/words";

/**
 * Russian. One word for one thing, everywhere:
 * issue – баг (filed: заведён) · test cycle – тест-цикл, цикл · severity – серьёзность · status – статус
 * tester – тестировщик · admin – администратор · triage – разбор · inbox – входящие
 * approve – одобрить · reject – отклонить · void – аннулировать · undo, cancel – отменить
 * payout – выплата · payment – платёж · reversal – сторно (to a tester: «платёж отменён») · batch – пакет
 * transfer – перевод · bounced – вернулся · reference – номер операции, № · payee details – реквизиты
 * rate – ставка · suggested amount – предлагаемая сумма · committed – обязательства · owed – к выплате
 * ready-made note – готовый ответ · note – примечание · statement – выписка · audit – журнал
 * view as user – посмотреть за пользователя · session – сеанс · account – учётная запись, счёт в банке
 *
 * «вы» in lower case, «ё» always, buttons are infinitives. Who did something stands in front, so that
 * no verb needs a gender: «Назира, 3 мая: одобрено 8 000 ₸». Spaces after numbers and before dashes
 * are made unbreakable by catalogue(). The files are those of en/, with the same names in the same order.
 */
export const ru = catalogue("ru", {
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
