import type { SearchQuestion } from '../../electron/bridge/search.ts';
import { latestCall } from '../bridge/latest-call.ts';
import { sentenceOf, workbench } from '../bridge/workbench-bridge.ts';
import { modelOf, onTextChange } from '../editor/document-models.ts';
import { useDocuments } from '../editor/documents-store.ts';
import { useSearch } from './search-store.ts';

const restMs = 150;

function questionNow(): SearchQuestion {
  const { text, matchCase, wholeWord, regularExpression } = useSearch.getState();
  const texts = useDocuments.getState().documents.flatMap(({ path, dirty, recorded }) => {
    const model = dirty && recorded !== true ? modelOf(path)?.model : undefined;
    return model === undefined ? [] : [{ path, text: model.getValue() }];
  });
  return { text, matchCase, wholeWord, regularExpression, texts };
}

const ask = latestCall<undefined>(async (_, isLatest) => {
  const question = questionNow();
  if (question.text === '') {
    useSearch.setState({ answer: undefined, problem: undefined });
    return;
  }
  try {
    const answer = await workbench.call('search.files', question);
    if (isLatest()) useSearch.setState({ answer, problem: undefined });
  } catch (error) {
    if (isLatest()) useSearch.setState({ answer: undefined, problem: sentenceOf(error) });
  }
}, restMs);

/** Asks again once nobody has typed for a moment. */
export function searchAgain(): void {
  if (useSearch.getState().text !== '' || useSearch.getState().answer) ask(undefined);
}

/** Keeps what was found in step with the question, the editor and the disk. */
export function searchWhileTyping(): () => void {
  const stops = [
    useSearch.subscribe((state, before) => {
      const isOther =
        state.text !== before.text ||
        state.matchCase !== before.matchCase ||
        state.wholeWord !== before.wholeWord ||
        state.regularExpression !== before.regularExpression;
      if (isOther) ask(undefined);
    }),
    onTextChange(searchAgain),
    workbench.on('fileChanged', searchAgain),
    workbench.on('workspace', searchAgain),
  ];
  searchAgain();
  return () => {
    for (const stop of stops) stop();
  };
}
