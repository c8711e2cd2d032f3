import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DoctorFindings } from "~/components/doctor/DoctorFindings";
import { LookForm } from "~/components/doctor/LookForm";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { PageHeader } from "~/components/PageHeader";
import { PostForm } from "~/components/PostForm";
import { When } from "~/components/When";
import { doctorPost, type LookRefused } from "~/http/doctor-post.server";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { doctorPath, payoutsPath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { doctorStanding, latestRun } from "~/models/doctor-standing.server";

export const handle: PageHandle = { scripts: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("doctor.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const [run, { blocked }] = await Promise.all([latestRun(), doctorStanding()]);
  return { run, blocked };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const by = { id: viewer.id, address: context.clientAddress };
  return doctorPost(await readForm(request), by, await translatorOf(request, context));
}

export default function DoctorPage() {
  const t = useT();
  const { run, blocked } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() as LookRefused | undefined;
  return (
    <div className="stack max-w-160">
      <PageHeader title={t("doctor.title")} back={{ to: payoutsPath(), label: t("payouts.title") }}>
        {run ? (
          <>
            {t("doctor.last")} <When value={run.at} as="dateTime" />
          </>
        ) : (
          t("doctor.never")
        )}
      </PageHeader>
      <p>{t("doctor.intro")}</p>
      {run && run.findings.length === 0 ? (
        <Notice tone="success">{t("doctor.sound")}</Notice>
      ) : null}
      {run && run.findings.length > 0 ? (
        <>
          <Notice tone={blocked ? "error" : "warning"}>
            {t("doctor.failing", { count: run.findings.length })}{" "}
            {blocked ? t("doctor.blocked") : t("doctor.looked", { name: run.lookedBy ?? "—" })}
          </Notice>
          <DoctorFindings findings={run.findings} />
        </>
      ) : null}
      {run && blocked ? (
        <LookForm runId={run.id} errors={refused?.errors ?? {}} values={refused?.values ?? {}} />
      ) : null}
      <PostForm action={doctorPath()}>
        <Button name="intent" value="run">
          {t("doctor.again")}
        </Button>
      </PostForm>
    </div>
  );
}
