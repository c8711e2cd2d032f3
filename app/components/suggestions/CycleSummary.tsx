import { Card } from "~/components/Card";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { countBySeverity, type CycleFacts, type SeverityFacts, total } from "~/domain/cycle-facts";
import type { Remark } from "~/domain/suggestion";
import { cycleReportPath, issuePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { CycleView, KeptSummary } from "~/models/cycle-suggestion.server";
import { SuggestionState } from "./SuggestionState";

type Props = { cycleId: number; view: CycleView };

/** What was found so far: figures that are counted, and words of a model about them. */
export function CycleSummary({ cycleId, view }: Props) {
  const t = useT();
  const { facts, summary, state, trouble } = view;
  if (facts.issues.length === 0)
    return (
      <Card title={t("suggestions.cycle.title")}>
        <p className="meta">{t("suggestions.cycle.nothing")}</p>
      </Card>
    );
  return (
    <Card title={t("suggestions.cycle.title")}>
      <Figures facts={facts} />
      {summary ? <Words summary={summary} /> : null}
      <SuggestionState
        state={state}
        trouble={trouble}
        hasOne={summary !== null}
        about={{ cycle: cycleId }}
        here={cycleReportPath(cycleId)}
      />
    </Card>
  );
}

const COUNTS = ["filed", "accepted", "rejected", "undecided", "unfixed"] as const;

function Figures({ facts }: { facts: CycleFacts }) {
  const t = useT();
  const { number } = useFormat();
  type Line = Omit<SeverityFacts, "severity"> & { name: string };
  const columns: Column<Line>[] = [
    { label: t("suggestions.severity"), phone: "title", cell: ({ name }) => name },
    ...COUNTS.map((count): Column<Line> => ({
      ...{ label: t(`suggestions.cycle.${count}`), numeric: true, phone: "pair" },
      cell: (line) => number(line[count]),
    })),
  ];
  const [filed, accepted, rejected, undecided, unfixed] = COUNTS.map((of) => total(facts, of));
  const all = { filed, accepted, rejected, undecided, unfixed } as Omit<Line, "name">;
  const rows: Line[] = [
    ...facts.bySeverity.map(({ severity, ...counts }) => ({
      ...counts,
      name: t(`words.severity.${severity}`),
    })),
    { ...all, name: t("suggestions.cycle.all") },
  ];
  return (
    <Table
      caption={t("suggestions.cycle.figures")}
      columns={columns}
      rows={rows}
      rowKey={({ name }) => name}
    />
  );
}

function Words({ summary }: { summary: KeptSummary }) {
  const t = useT();
  const { overview, standsOut, staysOpen, advice, model, at, isCurrent, facts } = summary;
  return (
    <>
      {/* Text, whatever it says. */}
      <p>{overview}</p>
      <Areas summary={summary} />
      <Remarks title={t("suggestions.cycle.standsOut")} remarks={standsOut} />
      <Remarks title={t("suggestions.cycle.staysOpen")} remarks={staysOpen} />
      <Remarks
        title={t("suggestions.cycle.advice")}
        remarks={advice.map((text) => ({ text, issueIds: [] }))}
      />
      <p className="hint">
        {t.rich("suggestions.cycle.by", { model, when: <When value={at} as="dateTime" /> })}{" "}
        {t("suggestions.cycle.read", { count: facts.issues.length })}{" "}
        {isCurrent ? null : <b>{t("suggestions.cycle.changed")}</b>}
      </p>
    </>
  );
}

function Areas({ summary: { areas, facts } }: { summary: KeptSummary }) {
  const t = useT();
  const { number } = useFormat();
  if (areas.length === 0) return null;
  return (
    <section>
      <h3>{t("suggestions.cycle.areas")}</h3>
      <ul className="list-disc pl-5">
        {areas.map(({ name, issueIds }) => (
          <li key={name}>
            <b>{name}</b>:{" "}
            {countBySeverity(facts, issueIds)
              .map(({ severity, issues }) => `${t(`words.severity.${severity}`)} ${number(issues)}`)
              .join(" · ")}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Remarks({ title, remarks }: { title: string; remarks: readonly Remark[] }) {
  const t = useT();
  if (remarks.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="list-disc pl-5">
        {remarks.map(({ text, issueIds }) => (
          <li key={text}>
            {text}
            {issueIds.map((id) => (
              <span key={id}>
                {" "}
                <PageLink to={issuePath(id)}>
                  {t("triage.similar.number", { id: String(id) })}
                </PageLink>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
