import { Section } from "../../components/section.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { OpenPage } from "../help/open-page.tsx";

/** What this is for, where the diary lives, who runs the site, and what that site can and cannot see. */
export function AboutScreen() {
  const { backup } = useApp();
  const isKept = (backup.status.value?.kind ?? "on-this-phone") !== "on-this-phone";
  return (
    <OpenPage name={t("about.title")} back={{ href: "/more" }}>
      <p class="lead">{t("app.purpose")}</p>
      <Section heading={t("about.lives")}>
        <p>{isKept ? t("about.lives-kept") : t("about.lives-where")}</p>
        <p>{t("about.lives-sealed")}</p>
      </Section>
      <Section heading={t("about.sees")}>
        <p>{isKept ? t("about.sees-kept") : t("about.sees-nothing")}</p>
        <p>{t("about.sees-visit")}</p>
      </Section>
      <Section heading={t("about.operator")}>
        <Operator />
      </Section>
      <Section heading={t("about.program")}>
        <p>{t("about.version", { version: __CAIRN_VERSION__ })}</p>
        <p>{t("about.licence")}</p>
      </Section>
    </OpenPage>
  );
}

function Operator() {
  const { operator } = useApp();
  const { name, contact } = operator;
  if (name === null && contact === null) return <p>{t("about.operator-unsaid")}</p>;
  return (
    <>
      {name !== null && <p>{name}</p>}
      {contact !== null && (
        <p>
          <a class="text-link" href={contact.startsWith("https://") ? contact : `mailto:${contact}`}>
            {contact}
          </a>
        </p>
      )}
    </>
  );
}
