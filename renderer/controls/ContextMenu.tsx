import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { MenuItems, moveInMenu, type MenuItem } from './MenuItems.tsx';

interface ContextMenuProps {
  readonly label: string;
  /** Where it was asked for, in the window. */
  readonly x: number;
  readonly y: number;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/** A menu at a point. Arrows move, Enter chooses, Escape closes; the focus goes back to its owner. */
export function ContextMenu({ label, x, y, items, onClose }: ContextMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ left: x, top: y });

  useLayoutEffect(() => {
    const { width = 0, height = 0 } = menu.current?.getBoundingClientRect() ?? {};
    setAt({
      left: Math.max(Math.min(x, window.innerWidth - width - 4), 4),
      top: Math.max(y + height > window.innerHeight - 4 ? y - height : y, 4),
    });
  }, [x, y]);

  useEffect(() => {
    const owner = document.activeElement;
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => {
      // Unless what was chosen has taken the focus.
      const lost = document.activeElement === document.body || !document.activeElement;
      if (lost && owner instanceof HTMLElement) owner.focus();
    };
  }, []);

  useEffect(() => {
    const closeOutside = (event: Event): void => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', closeOutside, { capture: true });
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', closeOutside, { capture: true });
      window.removeEventListener('blur', onClose);
    };
  }, [onClose]);

  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
      return;
    }
    moveInMenu(event, menu.current);
  }

  return createPortal(
    <div
      ref={menu}
      className="menu at-point"
      role="menu"
      aria-label={label}
      style={at}
      onKeyDown={onKeyDown}
    >
      <MenuItems items={items} onClose={onClose} />
    </div>,
    document.body,
  );
}
