// Monaco's colours, taken from the page's tokens, so that the editor is of one piece with the rest.
import { monaco } from './monaco';

const NAME = 'kubarium';

/** Takes the tokens over now and whenever the theme changes. Returns what stops it. */
export function followTheme(): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(take);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  query.addEventListener('change', take);
  take();
  return () => {
    observer.disconnect();
    query.removeEventListener('change', take);
  };
}

function take(): void {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => sixDigits(style.getPropertyValue(`--${name}`).trim());
  const bare = (name: string) => token(name).slice(1);
  const isDark = style.colorScheme.includes('dark');
  monaco.editor.defineTheme(NAME, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare('ink') },
      // Named with the language, else the base theme's own rules for it are nearer.
      { token: 'type.yaml', foreground: bare('c-key') },
      { token: 'string.yaml', foreground: bare('c-str') },
      { token: 'number.yaml', foreground: bare('c-num') },
      { token: 'keyword.yaml', foreground: bare('c-num') },
      { token: 'comment.yaml', foreground: bare('c-com') },
      { token: 'tag.yaml', foreground: bare('c-key') },
      { token: 'operators.yaml', foreground: bare('ink-2') },
      { token: 'delimiter.yaml', foreground: bare('ink-2') },
      { token: 'delimiter.bracket.yaml', foreground: bare('ink-2') },
    ],
    colors: colors(token),
  });
  monaco.editor.setTheme(NAME);
}

/** '#fff' as '#ffffff': the builder shortens colours, and Monaco takes only long ones. */
function sixDigits(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
}

function colors(token: (name: string) => string): Record<string, string> {
  return {
    'editor.background': token('surface'),
    'editor.foreground': token('ink'),
    'editor.lineHighlightBackground': token('sunken'),
    'editor.lineHighlightBorder': '#00000000',
    'editor.selectionBackground': `${token('accent')}38`,
    'editor.inactiveSelectionBackground': `${token('accent')}20`,
    'editor.wordHighlightBackground': `${token('accent')}1c`,
    'editor.findMatchBackground': `${token('pend')}55`,
    'editor.findMatchHighlightBackground': `${token('pend')}30`,
    'editorLineNumber.foreground': token('ink-3'),
    'editorLineNumber.activeForeground': token('ink'),
    'editorCursor.foreground': token('ink'),
    'editorIndentGuide.background1': token('line'),
    'editorIndentGuide.activeBackground1': token('line-2'),
    'editorBracketMatch.background': token('accent-soft'),
    'editorBracketMatch.border': '#00000000',
    'editorError.foreground': token('fail'),
    'editorWarning.foreground': token('pend'),
    'editorInfo.foreground': token('create'),
    'editorWidget.background': token('surface'),
    'editorWidget.foreground': token('ink'),
    'editorWidget.border': token('line-2'),
    'editorHoverWidget.background': token('surface'),
    'editorHoverWidget.border': token('line-2'),
    'editorSuggestWidget.background': token('surface'),
    'editorSuggestWidget.border': token('line-2'),
    'editorSuggestWidget.foreground': token('ink'),
    'editorSuggestWidget.selectedBackground': token('accent-soft'),
    'editorSuggestWidget.selectedForeground': token('ink'),
    'editorSuggestWidget.highlightForeground': token('accent'),
    'editorSuggestWidget.focusHighlightForeground': token('accent'),
    'list.hoverBackground': token('sunken'),
    'menu.background': token('surface'),
    'menu.foreground': token('ink'),
    'menu.selectionBackground': token('accent-soft'),
    'menu.selectionForeground': token('ink'),
    'input.background': token('sunken'),
    'input.foreground': token('ink'),
    'input.border': token('line'),
    'diffEditor.insertedLineBackground': token('run-soft'),
    'diffEditor.insertedTextBackground': `${token('run')}1c`,
    'diffEditor.removedLineBackground': token('fail-soft'),
    'diffEditor.removedTextBackground': `${token('fail')}1c`,
    'diffEditor.unchangedRegionBackground': token('sunken'),
    'diffEditor.unchangedRegionForeground': token('ink-2'),
    'diffEditor.unchangedCodeBackground': '#00000000',
    'textLink.foreground': token('accent'),
    'scrollbar.shadow': '#00000000',
    'scrollbarSlider.background': `${token('line-2')}55`,
    'scrollbarSlider.hoverBackground': `${token('line-2')}88`,
    'scrollbarSlider.activeBackground': `${token('line-2')}aa`,
    'widget.shadow': '#00000033',
    focusBorder: token('focus'),
  };
}
