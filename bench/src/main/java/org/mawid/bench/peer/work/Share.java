package org.mawid.bench.peer.work;

/**
 * The applications that are one client's. They are dealt out in blocks, one to each client in turn: which ones a client asks for first, and so
 * how many slots they need, is the same however many a peer has been given; and within a block they lie side by side, as they were made.
 *
 * @param first   of all clients' applications
 * @param client  whose share it is, from 0
 * @param clients among whom they are dealt out
 * @param count   how many this client has
 */
public record Share(int first, int client, int clients, int count) {
    static final int BLOCK = 64;

    /** One client's of so many applications, from 0 on. */
    public static Share of(final int client, final int clients, final int applications) {
        final int turn = BLOCK * clients;
        return new Share(0, client, clients, applications / turn * BLOCK + Math.max(0, Math.min(BLOCK, applications % turn - client * BLOCK)));
    }

    /** All of them, one after the other. */
    public static Share alone(final int first, final int applications) {
        return new Share(first, 0, 1, applications);
    }

    /** @param own which of this client's, from 0 */
    int application(final int own) {
        return first + (own / BLOCK * clients + client) * BLOCK + own % BLOCK;
    }

    /** The other way round. */
    int own(final int application) {
        final int number = application - first;
        return number / BLOCK / clients * BLOCK + number % BLOCK;
    }
}
