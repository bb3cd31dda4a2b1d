namespace ProductionOffice.Kiosk.Terminal.Scripted;

/// <summary>A terminal that nobody sees.</summary>
internal sealed class ScriptTerminal(int width = 80, int height = 24) : ITerminal
{
    public (int Width, int Height) Size { get; set; } = (width, height);

    /// <summary>Told each write.</summary>
    public Action<byte[]>? OnWrite { get; set; }

    public int Read(Span<byte> into, int timeout) => -1;

    public void Write(ReadOnlySpan<byte> bytes) => OnWrite?.Invoke(bytes.ToArray());
}
