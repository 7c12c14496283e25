import './bridge/first-calls.ts';
import './theme/tokens.css';
import './theme/fonts.css';
import './theme/base.css';
import './controls/controls.css';
import './theme/apply-theme.ts';
import { createRoot } from 'react-dom/client';
import { followDisk } from './editor/follow-disk.ts';
import { followTheme } from './editor/monaco-theme.ts';
import { startFeatures } from './shell/start-features.ts';
import { Shell } from './shell/Shell.tsx';
import { showFirstWorkspace } from './workspace/follow-workspace.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id root.');

followTheme();
followDisk();
createRoot(root).render(<Shell />);
// The text first; what stands around it follows when it can be read and edited.
void showFirstWorkspace().finally(startFeatures);
