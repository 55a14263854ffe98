package org.mawid.bench.peer;

import io.vertx.core.json.JsonObject;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Drive;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Questions;
import org.mawid.bench.peer.work.Steps;
import org.mawid.bench.wire.loop.Tally;

/** A peer without a server, that is its own clients: it takes no processor time, and nothing has to be made before or closed after it. */
abstract class EmptyPeer implements Peer, Drive {
    private final PeerName name;
    private final Calendar calendar;

    EmptyPeer(final PeerName name, final Calendar calendar) {
        this.name = name;
        this.calendar = calendar;
    }

    @Override
    public PeerName name() {
        return name;
    }

    @Override
    public Calendar calendar() {
        return calendar;
    }

    @Override
    public Drive drive(final int clients) {
        return this;
    }

    @Override
    public void prepare(final int validated, final int unvalidated) {
        // applications are numbers to it
    }

    @Override
    public String durability() {
        return "";
    }

    @Override
    public JsonObject about() {
        return new JsonObject();
    }

    @Override
    public long cpuNs() {
        return 0;
    }

    @Override
    public long compilerNs() {
        return 0;
    }

    @Override
    public void search(final Questions questions, final Tally tally) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void await() throws Exception {
        // everything is answered
    }

    @Override
    public void ask(final Steps steps) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
