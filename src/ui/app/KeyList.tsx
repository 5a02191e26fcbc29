import { wordsOf } from '../../i18n/catalog';
import { keys as english } from '../../i18n/en/keys';
import { keyName, messages } from '../messages';

const words = wordsOf('keys', english);

/** Every key of the page, by where it works. */
export default function KeyList() {
  return (
    <div className="help-keys" role="group" tabIndex={0} aria-label={messages.helpTitle}>
      {words.map(({ where, keys }) => (
        <section key={where} aria-label={where}>
          <h3>{where}</h3>
          <dl>
            {keys.map(({ keys: names, does }) => (
              <div key={does + names.join()}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name === 'mod' ? keyName(name) : name}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
