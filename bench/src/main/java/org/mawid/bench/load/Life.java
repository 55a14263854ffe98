package org.mawid.bench.load;

/**
 * One appointment after another at a place of its own: submitted, validated, held with its stamp, confirmed, cancelled, then the next person's.
 * It is told what each command made, and so knows what the next one is about: any client can drive it, over any wire. One thread at a time.
 */
public final class Life {
    /** Steps of a life, as many as commands: {@link Lives#SUBMIT} to {@link Lives#CANCEL}. */
    public static final int STEPS = 5;
    public static final int SERVICE = 1;

    private final int deskId;
    private final int epochDay;
    private final int startUnit;
    private final int postId;
    private final long seed;
    private boolean choosesPost;
    private long number;
    private int step;
    private String reference = "";

    /** @param slot which place of the network is this one's: no two alike below {@code capacity} times its units */
    public Life(final ModelNetwork network, final int slot, final long seed) {
        final int place = slot % (network.posts() * network.days() * network.units());
        final int day = place / network.units();
        this.deskId = ModelNetwork.deskId(day / network.days());
        this.epochDay = ModelNetwork.FIRST_DAY + day % network.days();
        this.startUnit = place % network.units();
        this.postId = day / network.days() + 1;
        this.seed = seed + slot * 1_000_000_007L;
    }

    /** The same, made for its post from the beginning: all of its events are that post's. */
    public Life choosingItsPost() {
        choosesPost = true;
        return this;
    }

    /** Where its place is. */
    public int postId() {
        return postId;
    }

    /** Which command is next. */
    public int step() {
        return step;
    }

    /** Whether it is made for its post from the beginning. */
    public boolean choosesItsPost() {
        return choosesPost;
    }

    public int deskId() {
        return deskId;
    }

    public int epochDay() {
        return epochDay;
    }

    public int startUnit() {
        return startUnit;
    }

    /** Of the person whose life this is now. */
    public long personKey() {
        return Lives.personKey(number, seed);
    }

    /** What the last command that made something made: an application, a hold or an appointment. */
    public String reference() {
        return reference;
    }

    /** @param made what the command made, empty when nothing */
    public void done(final String made) {
        if (!made.isEmpty()) {
            reference = made;
        }
        if (++step == STEPS) {
            step = 0;
            number++;
        }
    }
}
