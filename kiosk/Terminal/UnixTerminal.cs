using System.Runtime.InteropServices;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>The terminal of this process on Linux and macOS, in raw mode. Restored once, however the program ends.</summary>
internal sealed partial class UnixTerminal : ITerminal, IDisposable
{
    // Room for the struct of any system; it is only handed back and forth.
    private const int TermiosBytes = 256;
    private const short PollIn = 1;
    private readonly byte[] _saved = new byte[TermiosBytes];
    private int _isRaw;

    private UnixTerminal()
    {
    }

    public (int Width, int Height) Size
    {
        get
        {
            Span<ushort> size = stackalloc ushort[4];
            var request = OperatingSystem.IsMacOS() ? 0x40087468u : 0x5413u;
            return Ioctl(1, request, ref MemoryMarshal.GetReference(size)) == 0 && size[0] > 0 ? (size[1], size[0]) : (80, 24);
        }
    }

    /// <summary>Whether keyboard and screen of this process are a terminal.</summary>
    public static bool IsTerminal => IsATerminal(0) == 1 && IsATerminal(1) == 1;

    /// <summary>Takes the terminal over: raw keys, own screen, paste as one piece.</summary>
    public static UnixTerminal Enter()
    {
        var terminal = new UnixTerminal();
        if (GetAttributes(0, terminal._saved) != 0)
            throw new IOException($"The terminal cannot be read (error {Marshal.GetLastPInvokeError()}).");

        var raw = terminal._saved.ToArray();
        MakeRaw(raw);
        if (SetAttributes(0, 1, raw) != 0)
            throw new IOException($"The terminal cannot be set (error {Marshal.GetLastPInvokeError()}).");

        terminal._isRaw = 1;
        terminal.Write("\e[?1049h\e[?2004h\e[?7l\e[2J"u8);
        return terminal;
    }

    public int Read(Span<byte> into, int timeout)
    {
        while (true)
        {
            var poll = new PollDescriptor { Descriptor = 0, Events = PollIn };
            var ready = Poll(ref poll, 1, timeout);
            if (ready == 0)
                return 0;
            if (ready > 0)
            {
                var count = Read(0, ref MemoryMarshal.GetReference(into), into.Length);
                if (count > 0)
                    return (int)count;
                if (count == 0)
                    return -1;
            }

            if (!IsTransient(Marshal.GetLastPInvokeError()))
                return -1;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Write(1, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            if (count > 0)
                bytes = bytes[(int)count..];
            else if (!IsTransient(Marshal.GetLastPInvokeError()))
                return;
        }
    }

    /// <summary>Gives the terminal back as it was; more than once does no harm.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isRaw, 0) == 0)
            return;

        Write("\e[?2026l\e[?2004l\e[?7h\e[0m\e[?25h\e[?1049l"u8);
        _ = SetAttributes(0, 2, _saved);
    }

    // EINTR, EAGAIN
    private static bool IsTransient(int error) => error is 4 or 11 or 35;

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsATerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int descriptor, [Out] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int descriptor, int when, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, ref byte into, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref readonly byte from, nint count);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, ref ushort size);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Ready;
    }
}
