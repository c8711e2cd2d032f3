import { csvResponse } from "~/http/csv-response.server";
import { TESTER_PAYMENT_COLUMNS, PAYMENT_COLUMNS } from "~/http/payment-csv";
import { exportAllPayments, exportOwnPayments } from "~/models/payment-export.server";
import { closeDatabase, connectionPool } from "~/database/client.server";
async function run(label: string, columns: any, open: any) {
  (globalThis as any).gc?.(); const m0 = process.memoryUsage().rss; let peak = 0;
  const t0 = performance.now(), c0 = process.cpuUsage(); let first = 0, bytes = 0, lines = 0;
  const res = await csvResponse(new Request("http://x/"), { name: "x", date: "2026-11-22", separator: "comma", columns, open });
  for await (const chunk of res.body as any) { if (bytes && !first) first = performance.now() - t0; bytes += chunk.length; lines++; if (lines % 50 === 0) peak = Math.max(peak, process.memoryUsage().rss); }
  const c = process.cpuUsage(c0);
  console.log(label, { ms: Math.round(performance.now() - t0), cpu: Math.round((c.user + c.system) / 1000), firstRows: Math.round(first), MB: Math.round(bytes / 1e6), growthMB: Math.round((peak - m0) / 1e6) });
}
const copySql = `COPY (SELECT x.paid_on, x.cycle_name, x.issue_title, x.severity, x.amount, x.currency, x.method, x.reference, u.name, u.email, x.batch_id FROM ( (SELECT p.* FROM issue_payouts p WHERE p.id NOT IN (SELECT payment_id FROM payment_corrections) ORDER BY p.paid_on, p.id) UNION ALL (SELECT p.* FROM (SELECT DISTINCT ON (payment_id) * FROM payment_corrections ORDER BY payment_id, id DESC) k JOIN issue_payouts p ON p.id=k.payment_id ORDER BY k.paid_on, p.id)) x JOIN users u ON u.id=x.tester_id ORDER BY x.paid_on, x.id) TO '/dev/null' (FORMAT csv)`;
for (let i = 0; i < 2; i++) {
  const c = await connectionPool().connect(); const t0 = performance.now(); await c.query(copySql); console.log("COPY", Math.round(performance.now() - t0)); c.release();
  await run("all", TESTER_PAYMENT_COLUMNS, () => exportAllPayments({}));
}
await run("own", PAYMENT_COLUMNS, () => exportOwnPayments(1007, {}));
await closeDatabase();
