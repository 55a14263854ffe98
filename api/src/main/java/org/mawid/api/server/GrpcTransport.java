package org.mawid.api.server;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mawid.api.gateway.LocalAnswers;
import org.mawid.api.limit.Shares;
import org.mawid.api.rpc.ReplyBudget;
import org.mawid.api.tls.ClientCertificates;
import org.mawid.api.tls.TlsIdentity;

/**
 * Netty, TLS and limits, whatever the services are: the real ones, or a benchmark's empty ones. Handlers run on the event loops.
 */
public final class GrpcTransport implements AutoCloseable {
    private static final long QUIET_MS = 0;
    private static final long GRACE_MS = 5_000;
    private static final long LOOK_MS = 1_000;
    /** Of a call: a token has up to 6 144. As gRPC's own. */
    private static final int METADATA_BYTES = 8 << 10;
    /** A connection without a call is closed, and its client comes back with the next one. */
    private static final long IDLE_MINUTES = 30;
    /** Then the other end is asked whether it is there; whoever has gone without a word keeps no stream and no watch open. */
    private static final long SILENT_MINUTES = 5;

    /**
     * Each writes a page into the log for what a client did: a message above the limit, a connection cut in the middle of a call, noise.
     * The client is told or gone, and strangers must not fill the log. Held, or their levels would be forgotten.
     */
    private static final List<Logger> NOISY = List.of(
            Logger.getLogger("io.grpc.netty.NettyServerStream"), Logger.getLogger("io.grpc.netty.NettyServerHandler"),
            Logger.getLogger("io.grpc.netty.NettyServerTransport"));

    static {
        NOISY.forEach(logger -> logger.setLevel(Level.OFF));
    }

    private final GrpcServerConfig config;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup eventLoops;
    private final ScheduledExecutorService tlsReload;
    private final RefusedCalls refused;
    private final LateServices late;
    private final ReplyBudget budget;
    private Server server;

    public GrpcTransport(final GrpcServerConfig config) {
        this(config, new LocalAnswers());
    }

    /** @param localAnswers where commands are counted that are refused before a service sees them */
    GrpcTransport(final GrpcServerConfig config, final LocalAnswers localAnswers) {
        this.config = config;
        this.refused = new RefusedCalls(localAnswers);
        this.late = new LateServices(refused);
        this.budget = new ReplyBudget(config.maxUnreadBytes(), config.maxUnreadBytesPerConnection());
        final IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.acceptor = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("mawid-grpc-accept", true), io);
        this.eventLoops = new MultiThreadIoEventLoopGroup(config.eventLoops(), new DefaultThreadFactory("mawid-grpc", true), io);
        this.tlsReload = config.isTls() ? Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("mawid-tls-reload", true)) : null;
    }

    /** Their threads run the handlers. */
    public EventLoopGroup eventLoops() {
        return eventLoops;
    }

    /** Listens with all services at once. @throws IOException when the address is taken, or certificate or key cannot be used */
    public void start(final List<BindableService> services) throws IOException {
        listen(services);
        open(List.of());
    }

    /**
     * Listens; all other methods answer UNAVAILABLE until {@link #open}.
     *
     * @param services that are there from the beginning
     * @throws IOException when the address is taken, or certificate or key cannot be used
     */
    void listen(final List<BindableService> services) throws IOException {
        final ConnectionGate gate = new ConnectionGate(config.maxConnections(), new Shares(config.maxConnections(), config.addressPercent(), config.proxies()), budget);
        final NettyServerBuilder builder = NettyServerBuilder.forAddress(config.address(), credentials())
                .bossEventLoopGroup(acceptor)
                .workerEventLoopGroup(eventLoops)
                .channelFactory(() -> gate.<ServerChannel>before(Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel()))
                .directExecutor()
                .maxInboundMessageSize(Integer.MAX_VALUE) // the next line's is less, and says so
                .addStreamTracerFactory(MessageSize.limit(config.maxMessageBytes(), config.proxies()))
                .addTransportFilter(gate)
                .maxConcurrentCallsPerConnection(config.maxCallsPerConnection())
                .maxInboundMetadataSize(METADATA_BYTES)
                .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                .keepAliveTime(SILENT_MINUTES, TimeUnit.MINUTES)
                .permitKeepAliveTime(config.keepAliveMinMs(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .fallbackHandlerRegistry(late);
        services.forEach(service -> builder.addService(Malformed.refusedIn(service, refused, config.maxMessageBytes())));
        try {
            server = builder.build().start();
            acceptor.scheduleWithFixedDelay(budget::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (final IOException e) {
            final String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException("gRPC cannot listen on " + config.address().getHostString() + ':' + config.address().getPort() + ": "
                    + (String.valueOf(why).contains("in use") ? "the port is in use; give another, 0 = any free one" : why), e);
        }
    }

    /** These are there from now on, and a method that nobody has is UNIMPLEMENTED. Once, after {@link #listen}. */
    void open(final List<BindableService> services) {
        late.open(services.stream().map(service -> Malformed.refusedIn(service, refused, config.maxMessageBytes())).toList());
    }

    /** The port that was asked for, or the free one that was found. */
    public int port() {
        return ((InetSocketAddress) server.getListenSockets().get(0)).getPort();
    }

    /** Full names of what can be called since {@link #open}. */
    List<String> methods() {
        return late.getServices().stream().flatMap(service -> service.getMethods().stream()).map(method -> method.getMethodDescriptor().getFullMethodName()).toList();
    }

    /** Counts calls that are refused before a service sees them. */
    RefusedCalls refused() {
        return refused;
    }

    /** What waits to be read. */
    ReplyBudget budget() {
        return budget;
    }

    /** Takes no more calls, lets those that run end for at most {@code graceMs}, then ends them. */
    public void stop(final long graceMs) {
        if (server == null) {
            return;
        }
        server.shutdown();
        try {
            if (!server.awaitTermination(graceMs, TimeUnit.MILLISECONDS)) {
                server.shutdownNow().awaitTermination(GRACE_MS, TimeUnit.MILLISECONDS);
            }
        } catch (final InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(GRACE_MS);
        if (tlsReload != null) {
            tlsReload.shutdownNow();
        }
        eventLoops.shutdownGracefully(QUIET_MS, GRACE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(GRACE_MS);
        acceptor.shutdownGracefully(QUIET_MS, GRACE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(GRACE_MS);
    }

    private ServerCredentials credentials() throws IOException {
        if (!config.isTls()) {
            return InsecureServerCredentials.create();
        }
        final TlsIdentity identity = new TlsIdentity(config.tls());
        tlsReload.scheduleWithFixedDelay(identity::look, config.tls().reloadMs(), config.tls().reloadMs(), TimeUnit.MILLISECONDS);
        final TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder().keyManager(identity.manager());
        if (identity.trust() != null) {
            credentials.trustManager(identity.trust())
                    .clientAuth(config.tls().clients() == ClientCertificates.REQUIRED ? TlsServerCredentials.ClientAuth.REQUIRE : TlsServerCredentials.ClientAuth.OPTIONAL);
        }
        return credentials.build();
    }
}
