package org.mawid.bench.release.loop;

import java.io.IOException;

/** What the server has used; of one that is not ours to look at, nothing. */
public interface Meter {
    Meter NONE = new Meter() {
        @Override
        public long cpuNs() {
            return 0;
        }

        @Override
        public long compilerNs() {
            return 0;
        }
    };

    /** Processor time of all its threads, ns; 0 = not known. */
    long cpuNs() throws IOException;

    /** Of its compiler, ns. */
    long compilerNs() throws IOException;
}
