import { LinkList } from "../../components/link-list.tsx";
import { t } from "../../words/index.ts";
import { Room } from "../frame/room.tsx";
import { HomeScreen } from "./home-screen.tsx";

/** Ways to what is needed now and then. */
export function MoreScreen() {
  return (
    <Room name={t("page.more")} back={{ href: "/", text: t("places.today") }}>
      <LinkList
        links={[
          { href: "/wins", text: t("more.wins"), icon: "cairn" },
          { href: "/take-with-me", text: t("take-with-me.title"), note: t("more.take-with-me-note"), icon: "copy" },
          { href: "/keep-safe", text: t("keep-safe.title"), note: t("more.keep-safe-note"), icon: "lock" },
          { href: "/trash", text: t("more.trash"), icon: "undo" },
          { href: "/settings", text: t("settings.title"), icon: "settings" },
          { href: "/help", text: t("page.help"), icon: "help" },
          { href: "/about", text: t("about.title"), note: t("about.version", { version: __CAIRN_VERSION__ }), icon: "word" },
        ]}
      />
      <HomeScreen />
    </Room>
  );
}
