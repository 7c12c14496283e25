import { useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: ReactNode;
}

interface TabListProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly active: Id;
  readonly onSelect: (id: Id) => void;
  /** Prefix of the ids that tie a tab to its panel: `${name}-tab-${id}`, `${name}-panel`. */
  readonly name: string;
}

/** Tabs by the ARIA pattern: one stop for Tab, arrows, Home and End move and select. */
export function TabList<Id extends string>(props: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const at = props.tabs.findIndex((tab) => tab.id === props.active);
    const last = props.tabs.length - 1;
    const to =
      event.key === 'ArrowRight'
        ? (at + 1) % props.tabs.length
        : event.key === 'ArrowLeft'
          ? (at + last) % props.tabs.length
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? last
              : -1;
    const tab = props.tabs[to];
    if (!tab) return;
    event.preventDefault();
    props.onSelect(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  }

  return (
    <div ref={list} role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
      {props.tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${props.name}-tab-${tab.id}`}
          aria-selected={tab.id === props.active}
          aria-controls={`${props.name}-panel`}
          tabIndex={tab.id === props.active ? 0 : -1}
          onClick={() => props.onSelect(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
