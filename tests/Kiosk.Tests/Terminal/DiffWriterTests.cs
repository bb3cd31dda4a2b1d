using FsCheck;
using FsCheck.Fluent;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;

namespace ProductionOffice.Kiosk.Tests.Terminal;

public sealed class DiffWriterTests
{
    private static readonly string[] Texts = ["a", "Kei Ito", "─────", "日本", "e\u0301", "👩‍👩‍👧", "🇫🇷", " ", "   ", "箱x箱", "\u0007\u001b", "ö"];

    private static readonly Theme Theme = Theme.Rich();

    [Fact]
    public void Applied_to_a_terminal_the_bytes_of_any_frames_give_the_cells() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        var writer = new DiffWriter(Theme);
        var screen = new VtScreen(12, 5);
        CellBuffer? before = null;
        for (var frame = 0; frame < 12; frame++)
        {
            var now = Next(random, before);
            var bytes = writer.Write(before, now).ToArray();
            if (bytes.Length > 0)
                screen.Apply(bytes);
            ShouldShow(screen, now);
            before = now;
        }

        screen.Clears.ShouldBe(1);
    }));

    [Fact]
    public void The_same_screen_again_is_no_byte()
    {
        var writer = new DiffWriter(Theme);
        var (one, two) = (Next(new Random(1), null), Next(new Random(1), null));

        writer.Write(one, two).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Anything_typed_gives_one_write_a_frame_equal_to_the_cells_and_clears_only_on_a_new_size() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            using var run = new KioskRun();
            var random = new Random(seed);
            var (frames, screen, clears) = (new List<byte[]>(), new VtScreen(80, 24), 0);
            run.Terminal.OnWrite = frames.Add;
            run.Play("advance 1s");
            for (var i = 0; i < 30; i++)
            {
                foreach (var frame in frames)
                    screen.Apply(frame);
                clears += frames.Count(f => System.Text.Encoding.UTF8.GetString(f).Contains("\e[2J", StringComparison.Ordinal));
                frames.Clear();
                ShouldShow(screen, run.Session.Screen);
                run.Play(Act(random));
                frames.Count.ShouldBeLessThanOrEqualTo(2);
            }

            clears.ShouldBe(1);
        }));

    [Fact]
    public void A_new_size_clears_once_and_writes_all()
    {
        using var run = new KioskRun();
        run.Play("advance 1s");
        var frames = new List<byte[]>();
        run.Terminal.OnWrite = frames.Add;

        run.Play("resize 100x30");

        var screen = new VtScreen(100, 30);
        screen.Apply(frames.ShouldHaveSingleItem());
        ShouldShow(screen, run.Session.Screen);
    }

    [Fact]
    public void A_plain_terminal_gets_plain_characters_only()
    {
        var bytes = new DiffWriter(Theme.Mono(ascii: true)).Write(null, Next(new Random(3), null)).ToArray();

        bytes.ShouldAllBe(b => b < 0x80);
    }

    // The first play paints once before the line and once after it.
    private static string Act(Random random) => random.Next(12) switch
    {
        0 => "key F3",
        1 => "key F4",
        2 => "key F5",
        3 => "key F9",
        4 => "key Esc",
        5 => "key Enter",
        6 => "key Tab",
        7 => "key Down",
        8 => "scan \"PO1:C:C008\"",
        9 => "key F10",
        10 => "type \"ko日ö\"",
        _ => "type \"" + (char)('a' + random.Next(26)) + "\"",
    };

    private static CellBuffer Next(Random random, CellBuffer? before)
    {
        var cells = new CellBuffer(12, 5);
        cells.Clear(Role.Normal);
        if (before is not null && random.Next(3) > 0)
        {
            for (var y = 0; y < 5; y++)
            {
                for (var x = 0; x < 12; x++)
                {
                    if (before[x, y].Text.Length > 0)
                        cells.Write(x, y, 2, before[x, y].Text, before[x, y].Role);
                }
            }
        }

        for (var i = random.Next(4); i > 0; i--)
            cells.Write(random.Next(-1, 13), random.Next(-1, 6), random.Next(1, 14), Texts[random.Next(Texts.Length)], (Role)random.Next(11));
        if (random.Next(2) == 0)
            cells.Cursor = (random.Next(12), random.Next(5));
        return cells;
    }

    private static void ShouldShow(VtScreen screen, CellBuffer cells)
    {
        for (var y = 0; y < cells.Height; y++)
        {
            for (var x = 0; x < cells.Width; x++)
            {
                var cell = cells[x, y];
                screen[x, y].Text.ShouldBe(cell.Text, $"cell {x},{y}");
                if (cell.Text.Length > 0)
                    screen[x, y].Style.ShouldBe(Theme.Style(cell.Role), $"style of {x},{y}");
            }
        }

        screen.IsCursorShown.ShouldBe(cells.Cursor is not null);
        if (cells.Cursor is { } cursor)
            screen.Cursor.ShouldBe(cursor);
    }
}
