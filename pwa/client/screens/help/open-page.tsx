import { Icon } from "../../components/icon.tsx";
import { Page, type PageProps } from "../../components/page.tsx";
import { firstPlace } from "../../domain/rough-day.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";

/**
 * A page that can be read at any time, from anywhere or from the one place that `back` names. Before the diary is open
 * it leads back to where it is opened, and nowhere else.
 */
export function OpenPage({ back, ...page }: Pick<PageProps, "name" | "under" | "children" | "back">) {
  const { diary, settings } = useApp();
  if (diary.phase.value !== "open") return <Page {...page} top={<OnlyBack />} />;
  const isRough = firstPlace(settings.value) === "rough-day";
  return <Room {...page} back={back ?? (isRough ? { href: "/rough-day" } : { href: "/", text: t("places.today") })} />;
}

function OnlyBack() {
  return (
    <header class="top-bar">
      <a class="top-link" href="/">
        <Icon name="back" /> {t("page.back")}
      </a>
    </header>
  );
}
