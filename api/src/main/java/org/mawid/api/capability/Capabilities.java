package org.mawid.api.capability;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Operation;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKeys;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.JoinWaitlistDecoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Who is given a capability, what is asked for one, and whether it covers what is asked. Any thread; nothing here waits, but for the records' disk where that is said.
 * <p>It is minted anew whenever an application is read that has a validated line: so it is renewed. Nothing is kept of it, so that none can be taken back before its time, and a command
 * that it let through does not carry it into the log.
 */
public final class Capabilities {
    /** In which a call brings one, over HTTP and as metadata of gRPC. */
    public static final String HEADER = "mawid-capability";
    /** Under which name it is given, and told why one is refused. */
    public static final String NAME = "capability";
    /** File of its keys, in the edge's folder of the data directory: see {@link ReferenceKeys}. */
    public static final String KEY_FILE = "capability.key";

    private static final String KEYS_TEXT = "# Makes and reads capabilities, which live for minutes. Secret. A new line with a higher version makes those of the next start; take the old line out some time after.";
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int DESK = HoldDecoder.LegsDecoder.deskIdEncodingOffset(); // as in the legs of the others
    private static final int GROUP_HEADER = 4;
    private static final int POST = Draft.HEADER_BYTES + JoinWaitlistDecoder.postIdEncodingOffset();
    private static final Map<CommandTemplate, Operation> ASKED = new EnumMap<>(CommandTemplate.class);

    static {
        for (final CommandTemplate template : List.of(CommandTemplate.HOLD, CommandTemplate.CHOOSE_ANOTHER, CommandTemplate.RESCHEDULE, CommandTemplate.JOIN_WAITLIST)) {
            ASKED.put(template, Operation.of(template));
        }
    }

    private final long ttlMs;
    private final LongSupplier nowMs;
    private final Gateway gateway;
    private final ThreadLocal<CapabilityCodec> codecs;
    private final LongAdder[] refused = new LongAdder[CapabilityTrouble.values().length];

    /** @param ttlMs how long one is good, log time */
    Capabilities(final ReferenceKeys keys, final long ttlMs, final LongSupplier nowMs, final Gateway gateway) {
        this.ttlMs = ttlMs;
        this.nowMs = nowMs;
        this.gateway = gateway;
        this.codecs = ThreadLocal.withInitial(() -> new CapabilityCodec(keys));
        for (int i = 0; i < refused.length; i++) {
            refused[i] = new LongAdder();
        }
    }

    /**
     * @param folder the edge's, which is made to hold a key when there is none
     * @throws IOException the key can be neither read nor made, or is none; the message says what to do and no secret
     */
    public static Capabilities open(final Path folder, final long ttlMs, final Gateway gateway) throws IOException {
        return new Capabilities(ReferenceKeys.open(folder.resolve(KEY_FILE), KEYS_TEXT), ttlMs, gateway::nowMs, gateway);
    }

    // ---- giving

    /** Null when it has no validated line. @param caller who is given it; null = nobody is asked who they are, as in all that follows */
    public Capability of(final Caller caller, final Records.Application application) {
        final SortedSet<Integer> services = new TreeSet<>();
        for (final Records.Line line : application.lines()) {
            if (line.state() == LineState.VALIDATED) {
                services.add(line.serviceId());
            }
        }
        final SortedSet<Integer> posts = new TreeSet<>();
        if (application.postId() != 0) {
            posts.add(application.postId());
            posts.addAll(model().closures().acceptedPosts(application.applicationId()));
        }
        return mint(caller, application.applicationId(), services, posts);
    }

    /** Of one that was submitted just now: those lines are validated whose services need no validation. Null when there are none. @param postId 0 = any */
    public Capability ofSubmitted(final Caller caller, final long application, final int postId, final Iterable<Integer> serviceIds) {
        final SortedSet<Integer> services = new TreeSet<>();
        for (final int serviceId : serviceIds) {
            final CatalogueView.Service service = model().catalogue().service(serviceId);
            if (service != null && !service.validationRequired()) {
                services.add(serviceId);
            }
        }
        return mint(caller, application, services, new TreeSet<>(postId == 0 ? List.of() : List.of(postId)));
    }

    private Capability mint(final Caller caller, final long application, final SortedSet<Integer> services, final SortedSet<Integer> posts) {
        if (services.isEmpty()) {
            return null;
        }
        final long untilMs = (nowMs.getAsLong() + ttlMs) / 1_000 * 1_000;
        return new Capability(codecs.get().write(Holder.of(caller), application, untilMs, services, posts), untilMs);
    }

    // ---- asking

    /** @param caller null = nobody is asked who they are */
    public boolean isAsked(final Caller caller, final Operation operation) {
        return caller == null || !Access.isOfficial(caller, operation);
    }

    /** As above, of a command. */
    public boolean isAsked(final Caller caller, final CommandTemplate template) {
        final Operation operation = ASKED.get(template);
        return operation != null && isAsked(caller, operation);
    }

    /** Why starts are not shown; null = they may be. @param token null = there is none */
    public CapabilityTrouble whyNot(final Caller caller, final String token, final int[] serviceIds, final int[] postIds) {
        return counted(judged(caller, token, serviceIds, postIds));
    }

    /** As above, where whoever asks again will be told why not. */
    public boolean shows(final Caller caller, final String token, final int[] serviceIds, final int[] postIds) {
        return judged(caller, token, serviceIds, postIds) == null;
    }

    private CapabilityTrouble judged(final Caller caller, final String token, final int[] serviceIds, final int[] postIds) {
        final CapabilityCodec codec = codecs.get();
        final CapabilityTrouble trouble = codec.read(token, Holder.of(caller), nowMs.getAsLong());
        if (trouble != null) {
            return trouble;
        }
        for (final int postId : postIds) {
            if (!codec.hasPost(postId)) {
                return CapabilityTrouble.OTHER_POST;
            }
        }
        for (final int serviceId : serviceIds) {
            if (!codec.hasService(serviceId)) {
                return CapabilityTrouble.OTHER_SERVICE;
            }
        }
        return null;
    }

    /** Whether the command names its application only by way of what records have of it: see {@link #applicationOf}. */
    public static boolean isLookedUp(final CommandTemplate template) {
        return template == CommandTemplate.RESCHEDULE || template == CommandTemplate.CHOOSE_ANOTHER;
    }

    /**
     * Which application a command is about. May wait for the records' disk where it {@link #isLookedUp}.
     *
     * @param at where the command's header begins
     * @return 0 = records know of none: when they have come to all that is durable the core knows of none either
     * @throws org.mawid.engine.readmodel.ReadModelBehindException while they are being rebuilt
     */
    public long applicationOf(final CommandTemplate template, final DirectBuffer command, final int at) {
        final long number = command.getLong(at + Draft.HEADER_BYTES + template.namedOffset(), ORDER);
        if (template == CommandTemplate.RESCHEDULE) {
            final Records.Appointment visit = model().records().appointment(number);
            return visit == null ? 0 : visit.applicationId();
        } else if (template == CommandTemplate.CHOOSE_ANOTHER) {
            final Records.Hold offer = model().records().hold(number);
            return offer == null ? 0 : offer.applicationId();
        }
        return number;
    }

    /** Whether records may yet come to know of what they do not know now: to be asked before they are. */
    public boolean isBehind() {
        return model().records().position() < gateway.engine().status().durablePosition();
    }

    /**
     * Why a command may not go on; null = it may.
     *
     * @param token       null = there is none
     * @param application as {@link #applicationOf} says; 0 = the core will say that there is no such thing
     */
    public CapabilityTrouble whyNot(final Caller caller, final String token, final CommandTemplate template, final DirectBuffer command, final int at, final long application) {
        final CapabilityCodec codec = codecs.get();
        CapabilityTrouble trouble = codec.read(token, Holder.of(caller), nowMs.getAsLong());
        if (trouble == null && application != 0 && codec.application() != application) {
            trouble = CapabilityTrouble.OTHER_APPLICATION;
        }
        return counted(trouble == null && !coversPosts(codec, template, command, at) ? CapabilityTrouble.OTHER_POST : trouble);
    }

    /** Lines and their services are the core's to look at: only validated ones can be held. */
    private boolean coversPosts(final CapabilityCodec codec, final CommandTemplate template, final DirectBuffer command, final int at) {
        if (template == CommandTemplate.JOIN_WAITLIST) {
            final int postId = command.getShort(at + POST, ORDER) & 0xFFFF;
            return postId == 0 || codec.hasPost(postId); // 0 = where its appointment is
        }
        final int group = at + Draft.HEADER_BYTES + (command.getShort(at + MessageHeaderDecoder.blockLengthEncodingOffset(), ORDER) & 0xFFFF);
        final int entry = command.getShort(group, ORDER) & 0xFFFF;
        final int legs = command.getShort(group + Short.BYTES, ORDER) & 0xFFFF;
        for (int i = 0; i < legs; i++) {
            final CatalogueView.Pool desk = model().catalogue().pool(command.getShort(group + GROUP_HEADER + i * entry + DESK, ORDER) & 0xFFFF);
            if (desk != null && !codec.hasPost(desk.postId())) { // of one that is not there the core says so
                return false;
            }
        }
        return true;
    }

    /** Which application a token says that it is of, whether or not that is so, to be looked at when it is used; 0 = it is none. */
    public long claimed(final String token) {
        return codecs.get().claimed(token);
    }

    /** How often somebody was told so. */
    public long refused(final CapabilityTrouble trouble) {
        return refused[trouble.ordinal()].sum();
    }

    private CapabilityTrouble counted(final CapabilityTrouble trouble) {
        if (trouble != null) {
            refused[trouble.ordinal()].increment();
        }
        return trouble;
    }

    private ReadModel model() {
        return gateway.engine().readModel();
    }
}
