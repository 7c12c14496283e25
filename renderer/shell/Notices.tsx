import { X } from 'lucide-react';
import { dismissNotice, useNotices } from './notices-store.ts';

/** Short sentences at the foot of the window. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    <div className="notices" role="region" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className="notice" data-tone={notice.tone}>
          <span>{notice.text}</span>
          <button
            type="button"
            className="button quiet icon small"
            aria-label="Dismiss"
            onClick={() => dismissNotice(notice.id)}
          >
            <X size={13} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
