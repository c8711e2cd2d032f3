import {
  KEPT_FIELD_PREFIX,
  KEPT_FILES_FIELD,
  KEPT_PATH_FIELD,
  type KeptForm,
} from "~/http/kept-form";

/** Carries a form that was posted too late through the sign-in form. */
export function KeptFields({ kept }: { kept: KeptForm | null }) {
  if (!kept) return null;
  return (
    <>
      <input type="hidden" name={KEPT_PATH_FIELD} value={kept.path} />
      {kept.hadFiles ? <input type="hidden" name={KEPT_FILES_FIELD} value="1" /> : null}
      <HiddenFields fields={kept.fields} prefix={KEPT_FIELD_PREFIX} />
    </>
  );
}

export function HiddenFields({
  fields,
  prefix = "",
}: {
  fields: KeptForm["fields"];
  prefix?: string;
}) {
  return fields.map(([name, value], index) => (
    <input key={index} type="hidden" name={prefix + name} value={value} />
  ));
}
