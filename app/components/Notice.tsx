import type { ReactNode } from "react";
import { Button } from "./Button";
import { PostForm } from "./PostForm";

export type NoticeProps = {
  tone?: "info" | "success" | "warning" | "error";
  children: ReactNode;
  /** One thing to do about it, such as Undo: a form with one button. */
  action?: { url: string; label: string; fields?: Record<string, string>; kbd?: string };
};

export function Notice({ tone = "info", children, action }: NoticeProps) {
  return (
    <div className={`notice is-${tone}`}>
      <div>{children}</div>
      {action ? (
        <PostForm action={action.url}>
          {Object.entries(action.fields ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Button kbd={action.kbd}>{action.label}</Button>
        </PostForm>
      ) : null}
    </div>
  );
}
