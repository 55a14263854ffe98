package org.mawid.bench.wire.server;

import java.io.IOException;
import org.mawid.bench.load.ModelNetwork;
import picocli.CommandLine.Option;

/** Whether the real server asks who calls. */
public final class RolesOption {
    @Option(names = "--roles", description = "The real server asks who calls, as where it is open to others: each call brings a token, each command is judged by role, by whose what it names is, and by limits that none meets."
            + " Records are kept, which say that; a command of a stream about what they do not have yet counts as not admitted, and is sent again. No floor is about it.")
    private boolean roles;

    public boolean isOn() {
        return roles;
    }

    /** Before the server is. @throws IOException no issuer is to be had here */
    public Roles start(final ModelNetwork network) throws IOException, InterruptedException {
        return roles ? Roles.start(network) : Roles.none();
    }

    /** What is then left out, as the end of what is said of that. */
    public String leftOut() {
        return roles ? "; capabilities: officials bring none" : "";
    }
}
