import type { KeyboardEvent, ReactNode } from 'react';

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly onChoose: () => void;
}

interface MenuItemsProps {
  readonly items: readonly MenuItem[];
  /** Closes the menu. */
  readonly onClose: () => void;
}

/** What stands in a menu. */
export function MenuItems({ items, onClose }: MenuItemsProps) {
  return items.map((item) => (
    <button
      key={item.id}
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={() => {
        onClose();
        item.onChoose();
      }}
    >
      {item.label}
    </button>
  ));
}

/** Arrows, Home and End go to another item of the menu; any other key does nothing. */
export function moveInMenu(event: KeyboardEvent, menu: HTMLElement | null): void {
  const entries = [...(menu?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const now = entries.findIndex((entry) => entry === document.activeElement);
  const to: Record<string, number> = {
    ArrowDown: (now + 1) % entries.length,
    ArrowUp: (now - 1 + entries.length) % entries.length,
    Home: 0,
    End: entries.length - 1,
  };
  const target = to[event.key];
  if (target === undefined) return;
  event.preventDefault();
  entries[target]?.focus();
}
