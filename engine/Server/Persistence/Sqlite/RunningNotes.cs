using System.Text;
using ProductionOffice.Engine.Storage;
using Microsoft.Win32.SafeHandles;

namespace ProductionOffice.Server.Persistence.Sqlite;

/// <summary>What this process is doing right now, in a small file: work that ends the process itself is found there by the next one.</summary>
/// <remarks>Not forced to the disk: a note has to outlive the process, not the machine, which a work item cannot end.</remarks>
internal sealed class RunningNotes(string path) : IDisposable
{
    private const int Slot = 256;
    private const int Slots = 32;

    private readonly Lock _gate = new();
    private readonly bool[] _used = new bool[Slots];
    private SafeFileHandle? _file;

    /// <summary>Ids of the work a process did when it ended; the file is empty afterwards.</summary>
    public IReadOnlyList<string> TakeOver()
    {
        lock (_gate)
        {
            var left = File.Exists(path) ? File.ReadAllBytes(path) : [];
            var ids = left.Chunk(Slot).Select(slot => Encoding.UTF8.GetString(slot).TrimEnd('\0')).Where(id => id.Length > 0).ToList();
            RandomAccess.SetLength(Open(), 0);
            return ids;
        }
    }

    /// <summary>Notes the item until its claim is given back.</summary>
    public WorkClaim Keep(WorkClaim claim)
    {
        var text = Encoding.UTF8.GetBytes(claim.Item.Id);
        lock (_gate)
        {
            var slot = Array.IndexOf(_used, false);
            if (slot < 0 || text.Length > Slot)
                return claim;

            _used[slot] = true;
            Array.Resize(ref text, Slot);
            RandomAccess.Write(Open(), text, slot * Slot);
            return new Noted(this, slot, claim);
        }
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Open() => _file ??= File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

    private void Clear(int slot)
    {
        lock (_gate)
        {
            if (_file is { IsClosed: false })
                RandomAccess.Write(_file, new byte[Slot], slot * Slot);
            _used[slot] = false;
        }
    }

    private sealed class Noted(RunningNotes notes, int slot, WorkClaim claim) : WorkClaim(claim.Item)
    {
        private bool _isGivenBack;

        public override ValueTask DisposeAsync()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
                notes.Clear(slot);
            return claim.DisposeAsync();
        }
    }
}
