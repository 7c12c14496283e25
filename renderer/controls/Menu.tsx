import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { MenuItems, moveInMenu, type MenuItem } from './MenuItems.tsx';

interface MenuProps {
  readonly button: ReactNode;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onOpen?: () => void;
}

/** A button with a menu under it. Arrows move, Enter chooses, Escape closes. */
export function Menu({ button, label, items, onOpen }: MenuProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    anchor.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const closeOutside = (event: Event): void => {
      if (event.target instanceof Node && !anchor.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [open, items.length]);

  function close(): void {
    setOpen(false);
    anchor.current?.querySelector('button')?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      return;
    }
    moveInMenu(event, anchor.current);
  }

  return (
    <div className="menu-anchor" ref={anchor}>
      <button
        type="button"
        className="button quiet"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          if (!open) onOpen?.();
          setOpen(!open);
        }}
      >
        {button}
      </button>
      {open && items.length > 0 && (
        <div className="menu" role="menu" aria-label={label} onKeyDown={onKeyDown}>
          <MenuItems items={items} onClose={close} />
        </div>
      )}
    </div>
  );
}
