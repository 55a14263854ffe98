package org.mawid.api.http;

import java.util.Map;
import org.mawid.api.terminal.Incident;

/** What is counted of payment terminals, all of them together. Any thread. */
public interface TerminalFigures {
    /** Of a server that speaks to none. */
    TerminalFigures NONE = new TerminalFigures() {
        @Override
        public int configured() {
            return 0;
        }

        @Override
        public int ready() {
            return 0;
        }

        @Override
        public Map<Incident.Kind, Long> incidents() {
            return Map.of();
        }
    };

    /** In the list that is in force. */
    int configured();

    /** Connected and ready to be asked. */
    int ready();

    /** What should not have happened, since the start. */
    Map<Incident.Kind, Long> incidents();
}
