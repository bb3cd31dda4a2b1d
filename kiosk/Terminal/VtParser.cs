using System.Buffers;
using System.Text;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>A key, a character or a paste as it came from the terminal.</summary>
internal readonly record struct VtEvent(Key Key, string? Text, string? Paste)
{
    public static VtEvent Of(Key key) => new(key, null, null);
}

/// <summary>
/// Turns bytes into events, however they are cut. There are no Alt keys: Esc and a character are Esc, then the character.
/// </summary>
internal sealed class VtParser
{
    /// <summary>Milliseconds after which a lone Esc is the key.</summary>
    public const int EscapeHold = 40;

    private const int MaxSequence = 32;
    private const int MaxPaste = 1 << 20;
    private static readonly byte[] PasteEnd = "\e[201~"u8.ToArray();
    private readonly byte[] _held = new byte[MaxSequence];
    private readonly List<byte> _paste = [];
    private int _count;
    private State _state;
    private bool _wasReturn;

    private enum State
    {
        Ground, Utf8, Escape, Csi, LinuxKey, Ss3, Paste,
    }

    /// <summary>Milliseconds to wait for more before <see cref="TimeOut"/>; -1 when nothing is held.</summary>
    public int Hold => _state switch
    {
        State.Ground => -1,
        State.Utf8 => 500,
        State.Paste => 5000,
        _ => EscapeHold,
    };

    public void Feed(ReadOnlySpan<byte> bytes, List<VtEvent> into)
    {
        foreach (var b in bytes)
            Step(b, into);
    }

    /// <summary>Nothing more came: what is held stands for itself.</summary>
    public void TimeOut(List<VtEvent> into)
    {
        switch (_state)
        {
            case State.Paste:
                EndPaste(into);
                break;
            case State.Escape or State.Csi or State.Ss3 or State.LinuxKey:
                into.Add(VtEvent.Of(Key.Escape));
                var rest = _held.AsSpan(0, _count).ToArray();
                Reset();
                Feed(rest, into);
                break;
            default:
                Reset();
                break;
        }
    }

    private void Step(byte b, List<VtEvent> into)
    {
        switch (_state)
        {
            case State.Ground:
                Ground(b, into);
                break;
            case State.Utf8:
                Utf8(b, into);
                break;
            case State.Escape:
                AfterEscape(b, into);
                break;
            case State.Csi:
                Csi(b, into);
                break;
            case State.LinuxKey:
                Reset();
                Emit(b is >= (byte)'A' and <= (byte)'E' ? Key.F1 + (b - 'A') : Key.None, into);
                break;
            case State.Ss3:
                Ss3(b, into);
                break;
            default:
                Paste(b, into);
                break;
        }
    }

    private void Ground(byte b, List<VtEvent> into)
    {
        var afterReturn = _wasReturn;
        _wasReturn = b == '\r';
        switch (b)
        {
            case 0x1b:
                _state = State.Escape;
                break;
            case (byte)'\r':
            case (byte)'\n' when !afterReturn:
                Emit(Key.Enter, into);
                break;
            case (byte)'\t':
                Emit(Key.Tab, into);
                break;
            case 0x7f or 0x08:
                Emit(Key.Backspace, into);
                break;
            case < 0x20:
                Emit(Control(b), into);
                break;
            case < 0x80:
                into.Add(new VtEvent(Key.None, Ascii.Of(b), null));
                break;
            default:
                _held[0] = b;
                _count = 1;
                _state = State.Utf8;
                TakeRune(into);
                break;
        }
    }

    private void Utf8(byte b, List<VtEvent> into)
    {
        if (b is < 0x80 or >= 0xC0)
        {
            // A character was cut off for good: it is dropped, what comes now stands for itself.
            Reset();
            Step(b, into);
            return;
        }

        _held[_count++] = b;
        TakeRune(into);
    }

    private void TakeRune(List<VtEvent> into)
    {
        switch (Rune.DecodeFromUtf8(_held.AsSpan(0, _count), out var rune, out _))
        {
            case OperationStatus.Done:
                Reset();
                if (!Rune.IsControl(rune))
                    into.Add(new VtEvent(Key.None, rune.ToString(), null));
                break;
            case OperationStatus.InvalidData:
                Reset();
                break;
        }
    }

    private void AfterEscape(byte b, List<VtEvent> into)
    {
        switch (b)
        {
            case (byte)'[':
                _held[0] = b;
                _count = 1;
                _state = State.Csi;
                break;
            case (byte)'O':
                _held[0] = b;
                _count = 1;
                _state = State.Ss3;
                break;
            default:
                Reset();
                into.Add(VtEvent.Of(Key.Escape));
                Step(b, into);
                break;
        }
    }

    private void Ss3(byte b, List<VtEvent> into)
    {
        var key = b switch
        {
            (byte)'P' or (byte)'Q' or (byte)'R' or (byte)'S' => Key.F1 + (b - 'P'),
            (byte)'M' => Key.Enter,
            _ => VtKeys.Final(b),
        };
        if (key != Key.None)
        {
            Reset();
            Emit(key, into);
            return;
        }

        // No sequence: Esc, the letter, and what came after it.
        Reset();
        into.Add(VtEvent.Of(Key.Escape));
        into.Add(new VtEvent(Key.None, "O", null));
        Step(b, into);
    }

    private void Csi(byte b, List<VtEvent> into)
    {
        if (b == '[' && _count == 1)
        {
            _state = State.LinuxKey;
            return;
        }

        if (b is < 0x20 or > 0x7e)
        {
            // Not a sequence any more.
            Reset();
            Step(b, into);
            return;
        }

        if (b < 0x40)
        {
            if (_count < MaxSequence)
                _held[_count++] = b;
            return;
        }

        var parameters = Encoding.ASCII.GetString(_held, 1, _count - 1);
        Reset();
        if (b == '~' && parameters == "200")
            _state = State.Paste;
        else
            Emit(VtKeys.Of(parameters, b), into);
    }

    private void Paste(byte b, List<VtEvent> into)
    {
        _paste.Add(b);
        if (b == '~' && _paste.Count >= PasteEnd.Length && Ends())
        {
            _paste.RemoveRange(_paste.Count - PasteEnd.Length, PasteEnd.Length);
            EndPaste(into);
        }
        else if (_paste.Count >= MaxPaste + PasteEnd.Length)
        {
            // Keep the beginning and enough of the end to find where it stops.
            _paste.RemoveAt(MaxPaste);
        }
    }

    private bool Ends()
    {
        for (var i = 0; i < PasteEnd.Length; i++)
        {
            if (_paste[_paste.Count - PasteEnd.Length + i] != PasteEnd[i])
                return false;
        }

        return true;
    }

    private void EndPaste(List<VtEvent> into)
    {
        into.Add(new VtEvent(Key.None, null, Encoding.UTF8.GetString([.. _paste])));
        _paste.Clear();
        Reset();
    }

    private void Reset()
    {
        _state = State.Ground;
        _count = 0;
    }

    private static void Emit(Key key, List<VtEvent> into)
    {
        if (key != Key.None)
            into.Add(VtEvent.Of(key));
    }

    // ^C, ^\ and the like are keys; a group separator (0x1d) of a bar code is nothing.
    private static Key Control(byte b) => b is >= 1 and <= 26 && Enum.TryParse<Key>("Ctrl" + (char)('A' + b - 1), out var key) ? key : Key.None;
}
