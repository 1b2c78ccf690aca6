import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Drawer } from "../../ui/Dialog.tsx";
import { usePhone } from "../../ui/useMedia.ts";
import { Discussion, type DiscussionProps } from "./Discussion.tsx";

/** The discussion below a record; on a phone a sheet of its own, where the keyboard leaves room to read. */
export function DiscussionTab(props: DiscussionProps) {
  const { t } = useTranslation("record");
  const phone = usePhone();
  const [open, setOpen] = useState(true);
  if (!phone) return <Discussion {...props} />;
  return (
    <>
      <Button icon="users" onClick={() => setOpen(true)}>
        {t("discussion.open")}
      </Button>
      {open && (
        <Drawer title={t("discussion.title")} onClose={() => setOpen(false)}>
          <Discussion {...props} />
        </Drawer>
      )}
    </>
  );
}
