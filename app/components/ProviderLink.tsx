import { useT } from "~/i18n/context";

/** To the sign-in at the provider. A plain link: its address may be another name of this machine. */
export function ProviderLink({ name, url }: { name: string; url: string }) {
  const t = useT();
  return (
    <a href={url} rel="nofollow" className="btn">
      {t("oidc.button", { provider: name })}
    </a>
  );
}
