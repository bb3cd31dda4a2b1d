using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ProductionOffice.Studio.Tests.Drawings;

/// <summary>The page with the designer, used as a person uses it.</summary>
internal sealed class DrawingBoard(IPage page)
{
    public const int Patience = 60_000;

    public IPage Page => page;

    public ILocator Banner => page.Locator("#po-banner");

    public ILocator State => page.Locator("#po-state");

    /// <summary>Opens a page and waits for the drawing; milliseconds until it stood.</summary>
    public async Task<int> OpenAsync(string path)
    {
        await page.GotoAsync(path);
        return await DrawnAsync();
    }

    /// <summary>Waits for the drawing of the page that opens; milliseconds until it stood.</summary>
    public async Task<int> DrawnAsync()
    {
        await page.WaitForFunctionAsync("() => window.office?.drawnAfter", null, new() { Timeout = 2 * Patience });
        return await page.EvaluateAsync<int>("office.drawnAfter");
    }

    public ILocator Step(string text) => page.Locator(".x6-node", new() { HasText = text });

    /// <summary>Takes a step out of the toolbox and puts it on the paper, so far from its corner.</summary>
    public async Task DropAsync(string category, string step, float x, float y)
    {
        var group = page.Locator(".mud-expand-panel", new() { HasText = category });
        var item = group.Locator("[draggable=true]", new() { HasText = step });
        // A group that opens pushes its steps down: whoever takes one before it stands still takes its neighbour.
        if (!await item.IsVisibleAsync())
            await group.Locator(".mud-expand-panel-header").ClickAsync();
        await Expect(group.Locator(".mud-collapse-entered")).ToBeVisibleAsync();
        await MiddleAsync(item);
        await item.DragToAsync(page.Locator(".x6-graph").First, new() { TargetPosition = new() { X = x, Y = y } });
        await Expect(Step(step)).ToBeVisibleAsync();
    }

    /// <summary>Draws an arrow from an outcome of one step to another step.</summary>
    public async Task ConnectAsync(string from, string outcome, string to)
    {
        var before = await page.Locator(".x6-edge").CountAsync();
        var (x, y) = await MiddleAsync(Step(from).Locator($".x6-port-body[port='{outcome}']"));
        var (toX, toY) = await MiddleAsync(Step(to).Locator(".x6-port-body[port='In']"));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((x + toX) / 2, (y + toY) / 2, new() { Steps = 5 });
        await page.Mouse.MoveAsync(toX, toY, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await Expect(page.Locator(".x6-edge")).ToHaveCountAsync(before + 1);
    }

    /// <summary>Takes away the arrow that leaves a step by an outcome and leads to another.</summary>
    public async Task DisconnectAsync(string from, string outcome, string to)
    {
        var before = await page.Locator(".x6-edge").CountAsync();
        // Where it leaves its port it lies alone; further on arrows run side by side.
        var (x, y) = await MiddleAsync(Step(from).Locator($".x6-port-body[port='{outcome}']"));
        var (toX, toY) = await MiddleAsync(Step(to).Locator(".x6-port-body[port='In']"));
        var spot = await page.EvaluateAsync<double[]>("""
            ([x, y, toX, toY]) => {
              const near = (a, b, x, y) => Math.hypot(a - x, b - y);
              const found = [...document.querySelectorAll('.x6-edge path')].filter(path => path.getTotalLength() > 0).map(path => {
                const matrix = path.getScreenCTM();
                const at = length => path.getPointAtLength(length).matrixTransform(matrix);
                const all = path.getTotalLength();
                const [first, last, spot] = [at(0), at(all), at(all * 0.25)];
                return { off: near(first.x, first.y, x, y) + near(last.x, last.y, toX, toY), x: spot.x, y: spot.y };
              }).filter(edge => edge.off < 60).reduce((a, b) => b.off < a.off ? b : a);
              return [found.x, found.y];
            }
            """, new double[] { x, y, toX, toY });
        await page.Mouse.MoveAsync((float)spot[0], (float)spot[1]);
        var (cross, crossY) = await MiddleAsync(page.Locator(".x6-cell-tool-button-remove, .x6-edge-tool-button-remove, [class*=tool-button]").First);
        await page.Mouse.ClickAsync(cross, crossY);
        await Expect(page.Locator(".x6-edge")).ToHaveCountAsync(before - 1);
    }

    /// <summary>Shows as much of the drawing as the designer can.</summary>
    public Task FitAsync() => page.Locator(".mud-toolbar button").First.ClickAsync();

    public async Task SelectAsync(string step)
    {
        await BringAsync(step);
        var (x, y) = await MiddleAsync(Step(step).Locator(".elsa-activity"));
        await page.Mouse.ClickAsync(x, y);
    }

    /// <summary>Drags the paper until a step lies on it.</summary>
    private async Task BringAsync(string step)
    {
        await MiddleAsync(Step(step));
        for (var drags = 0; drags < 20; drags++)
        {
            // From a spot where nothing lies, at most half the paper at a time.
            var way = await page.EvaluateAsync<double[]>("""
                text => {
                  const frame = document.querySelector('.x6-graph').getBoundingClientRect();
                  const box = [...document.querySelectorAll('.x6-node')].find(node => node.textContent.includes(text)).getBoundingClientRect();
                  if (box.left > frame.left && box.right < frame.right && box.top > frame.top && box.bottom < frame.bottom)
                    return [];
                  const within = (value, most) => Math.max(-most, Math.min(most, value));
                  const dx = within(frame.left + frame.width / 2 - box.left - box.width / 2, frame.width / 2 - 20);
                  const dy = within(frame.top + frame.height / 2 - box.top - box.height / 2, frame.height / 2 - 20);
                  for (let x = frame.left + 15; x < frame.right; x += 10) {
                    for (let y = frame.top + 15; y < frame.bottom; y += 10) {
                      const isEmpty = !document.elementFromPoint(x, y)?.closest('.x6-node, .x6-edge') && document.elementFromPoint(x, y)?.closest('.x6-graph');
                      if (isEmpty && x + dx > frame.left && x + dx < frame.right && y + dy > frame.top && y + dy < frame.bottom)
                        return [x, y, x + dx, y + dy];
                    }
                  }
                  throw new Error('The paper has no empty spot to drag it by.');
                }
                """, step);
            if (way.Length == 0)
                return;

            await page.Mouse.MoveAsync((float)way[0], (float)way[1]);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync((float)way[2], (float)way[3], new() { Steps = 4 });
            await page.Mouse.UpAsync();
        }

        throw new InvalidOperationException($"'{step}' does not come into sight.");
    }

    /// <summary>Clicks the empty paper: what is selected has a frame that lies over its ports.</summary>
    public Task DeselectAsync() => page.Locator(".x6-graph").First.ClickAsync(new() { Position = new() { X = 12, Y = 12 } });

    /// <summary>Moves a step a little, as whoever touches a drawing does.</summary>
    public async Task NudgeAsync(ILocator step)
    {
        var (x, y) = await MiddleAsync(step.Locator(".elsa-activity").First);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 10, y + 14, new() { Steps = 4 });
        await page.Mouse.MoveAsync(x + 20, y + 30, new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Moves whichever step lies most in the middle of the paper: a long drawing does not fit on it.</summary>
    public async Task NudgeOneAsync()
    {
        await FitAsync();
        await MiddleAsync(page.Locator(".x6-node").First);
        var most = await page.EvaluateAsync<int>("""
            () => {
              const frame = document.querySelector('.x6-graph').getBoundingClientRect();
              const off = [...document.querySelectorAll('.x6-node')].map(node => node.getBoundingClientRect())
                .map(box => Math.hypot(box.left + box.width / 2 - frame.left - frame.width / 2, box.top + box.height / 2 - frame.top - frame.height / 2));
              return off.indexOf(Math.min(...off));
            }
            """);
        await NudgeAsync(page.Locator(".x6-node").Nth(most));
    }

    /// <summary>Writes what a workflow is for.</summary>
    public async Task DescribeAsync(string text)
    {
        var box = page.Locator("textarea:visible").Last;
        await box.FillAsync(text);
        await box.PressAsync("Tab");
    }

    /// <summary>Writes into a box of the step that is selected.</summary>
    public async Task FillAsync(string label, string text)
    {
        var box = page.Locator(".mud-input-control", new() { Has = page.Locator("label", new() { HasText = label }) }).Locator("input:visible").First;
        await box.FillAsync(text);
        await box.PressAsync("Tab");
    }

    /// <summary>Picks from a list of the step that is selected.</summary>
    public async Task PickAsync(string label, string choice)
    {
        await page.Locator(".mud-select-extended", new() { Has = page.Locator("label", new() { HasText = label }) }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = choice }).ClickAsync();
    }

    public Task PublishAsync() => page.Locator(".mud-toolbar .mud-button-group-root button").First.ClickAsync();

    public Task StartAsync() => page.Locator(".mud-toolbar button.mud-success-text").ClickAsync();

    /// <summary>Waits until all is saved and the designer has taken note: what is typed while it still waits for an answer, that answer may overwrite.</summary>
    public async Task SavedAsync()
    {
        await Expect(State).ToContainTextAsync("All changes saved");
        await page.WaitForFunctionAsync(
            "() => (window.quiet = office.saving.isBusy || office.saving.isReading ? 0 : (window.quiet ?? 0) + 1) > 8", null, new() { PollingInterval = 150 });
        await page.EvaluateAsync("() => window.quiet = 0");
    }

    /// <summary>Where something is, once it has stopped moving.</summary>
    private async Task<(float X, float Y)> MiddleAsync(ILocator place)
    {
        for (var before = default((float, float)); ;)
        {
            var box = await place.BoundingBoxAsync() ?? throw new InvalidOperationException("That is not on the page.");
            var middle = (box.X + box.Width / 2, box.Y + box.Height / 2);
            if (middle == before)
                return middle;

            before = middle;
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        }
    }
}
